export { configError, type Environment, expandHome } from "./config-file.js";
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
export { type AuthType, secretSettings } from "./settings.js";
export { codeOf, tlsOptionsOf } from "./tls-settings.js";
