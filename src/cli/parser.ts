import { group, or } from "@optique/core/constructs";
import type { InferValue } from "@optique/core/parser";

import {
  approveCommand,
  attemptsCommand,
  configCommand,
  executionsCommand,
  getCommand,
  inputsCommand,
  launchCommand,
  logsCommand,
  nodesCommand,
  outputsCommand,
  recoverCommand,
  relaunchCommand,
  terminateCommand,
  treeCommand,
  typesCommand,
  waitCommand,
  watchCommand,
  whoamiCommand,
} from "./commands/index.js";

/** Parses the whole command line. */
export const cliParser = or(
  group(
    "Look",
    or(
      executionsCommand,
      nodesCommand,
      attemptsCommand,
      treeCommand,
      getCommand,
      inputsCommand,
      outputsCommand,
      logsCommand,
    ),
  ),
  group(
    "Run",
    or(
      launchCommand,
      waitCommand,
      watchCommand,
      relaunchCommand,
      recoverCommand,
      terminateCommand,
      approveCommand,
    ),
  ),
  group("Set up", or(whoamiCommand, configCommand, typesCommand)),
);

/** A command with its options and arguments. */
export type ParsedCommand = InferValue<typeof cliParser>;

/** The arguments of one command. */
export type ArgsOf<Name extends ParsedCommand["command"]> = Extract<
  ParsedCommand,
  { readonly command: Name }
>;
