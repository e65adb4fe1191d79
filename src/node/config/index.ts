export type { AuthType } from "./auth-type.js";
export type { Environment } from "./config-file.js";
export {
  type FlyteConfigInput,
  type FlyteConfigOptions,
  type ExplainedSetting,
  FlyteConfig,
  loadFlyteConfig,
} from "./flyte-config.js";
