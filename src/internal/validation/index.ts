export {
  callOptionNames,
  type CallOptions,
  callOptionsOf,
  checkCallOptions,
  type FetchFunction,
  requireHeaders,
  requireOptions,
  withContextValue,
} from "./call-options.js";
export {
  findUnknownName,
  type OptionNames,
  type OtherArgument,
  requireKnownOptions,
  suggestionOf,
} from "./known-options.js";
export {
  checkFunction,
  checkSignal,
  describeValue,
  invalidOption,
  isObject,
  isRecord,
  requireInteger,
  requireNumber,
  requireObject,
  requireOneOf,
  requireString,
  requireTimeLimit,
} from "./require-value.js";
