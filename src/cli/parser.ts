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

/** The parsers of the single commands, whose errors name an option that was probably meant. */
export const commandParsers = {
  executions: executionsCommand,
  nodes: nodesCommand,
  attempts: attemptsCommand,
  tree: treeCommand,
  get: getCommand,
  inputs: inputsCommand,
  outputs: outputsCommand,
  logs: logsCommand,
  launch: launchCommand,
  wait: waitCommand,
  watch: watchCommand,
  relaunch: relaunchCommand,
  recover: recoverCommand,
  terminate: terminateCommand,
  approve: approveCommand,
  whoami: whoamiCommand,
  config: configCommand,
  types: typesCommand,
} as const;

/** A command with its options and arguments. */
export type ParsedCommand = InferValue<typeof cliParser>;

/** The arguments of one command. */
export type ArgsOf<Name extends ParsedCommand["command"]> = Extract<
  ParsedCommand,
  { readonly command: Name }
>;
