export type { AuthType } from "./auth-type.js";
export type { Environment } from "./config-file.js";
export {
  type ConfigOverrides,
  configOverrideNames,
  type ConfigPlaces,
  configPlaceNames,
  type ExplainedSetting,
  FlyteConfig,
  loadFlyteConfig,
} from "./flyte-config.js";
