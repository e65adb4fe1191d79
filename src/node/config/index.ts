export type { AuthType } from "./auth-type.js";
export { configError } from "./config-error.js";
export { type Environment, expandHome } from "./config-file.js";
export {
  type FlyteConfigInput,
  configOverrideNames,
  type FlyteConfigOptions,
  configPlaceNames,
  type ExplainedSetting,
  FlyteConfig,
  loadFlyteConfig,
  readFlyteConfig,
} from "./flyte-config.js";
export { secretSettings } from "./settings.js";
