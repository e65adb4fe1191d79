import type { CliContext } from "../cli-context.js";
import type { ParsedCommand } from "../parser.js";
import { runApprove, runTerminate } from "./act.js";
import { runInputs, runOutputs } from "./data.js";
import { runGet } from "./get.js";
import { runAttempts, runExecutions, runLogs, runNodes } from "./lists.js";
import { runConfig, runTypes, runWhoami } from "./setup.js";
import { runLaunch, runRecover, runRelaunch } from "./start.js";
import { runTree } from "./tree.js";
import { runWait } from "./wait.js";
import { runWatch } from "./watch.js";

/** Runs a command. */
export function runWork(context: CliContext, args: ParsedCommand): Promise<void> {
  switch (args.command) {
    case "executions":
      return runExecutions(context, args);
    case "nodes":
      return runNodes(context, args);
    case "attempts":
      return runAttempts(context, args);
    case "tree":
      return runTree(context, args);
    case "get":
      return runGet(context, args);
    case "inputs":
      return runInputs(context, args);
    case "outputs":
      return runOutputs(context, args);
    case "logs":
      return runLogs(context, args);
    case "launch":
      return runLaunch(context, args);
    case "wait":
      return runWait(context, args);
    case "watch":
      return runWatch(context, args);
    case "relaunch":
      return runRelaunch(context, args);
    case "recover":
      return runRecover(context, args);
    case "terminate":
      return runTerminate(context, args);
    case "approve":
      return runApprove(context, args);
    case "whoami":
      return runWhoami(context, args);
    case "config":
      return runConfig(context, args);
    case "types":
      return runTypes(context, args);
  }
}
