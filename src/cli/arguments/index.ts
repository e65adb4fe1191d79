export { type ConnectionArgs, connectionOptions } from "./connection-options.js";
export { examples } from "./examples.js";
export {
  type FilterArgs,
  filterOptions,
  jsonLine,
  jsonLines,
  listOptions,
  whereOption,
} from "./list-options.js";
export {
  executionArgument,
  nodeArgument,
  type TargetArgs,
  targetArguments,
} from "./target-arguments.js";
export { durationMs, text } from "./value-parsers.js";
