export {
  attemptsCommand,
  executionsCommand,
  logsCommand,
  nodesCommand,
  treeCommand,
} from "./list-commands.js";
export { getCommand, inputsCommand, outputsCommand } from "./read-commands.js";
export {
  approveCommand,
  launchCommand,
  recoverCommand,
  relaunchCommand,
  terminateCommand,
  waitCommand,
  watchCommand,
} from "./run-commands.js";
export { configCommand, typesCommand, whoamiCommand } from "./setup-commands.js";
export {
  type ConnectionArgs,
  examples,
  type FilterArgs,
  type TargetArgs,
} from "./shared-options.js";
