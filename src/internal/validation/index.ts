export {
  callOptionNames,
  callOptionsOf,
  checkCallOptions,
  requireOptions,
} from "./call-options.js";
export { closestName } from "./closest-name.js";
export { describeValue } from "./describe-value.js";
export { type OptionNames, type OtherArgument, requireKnownOptions } from "./known-options.js";
export {
  checkFunction,
  checkSignal,
  invalidOption,
  isObject,
  requireInteger,
  requireNumber,
  requireObject,
  requireOneOf,
  requireString,
} from "./require-value.js";
export { requireTimeLimit } from "./time-limit.js";
