export type { AuthType } from "./auth-type.js";
export type { Environment } from "./config-file.js";
export {
  type ConfigOverrides,
  type ConfigPlaces,
  type ExplainedSetting,
  FlyteConfig,
  loadFlyteConfig,
} from "./flyte-config.js";
