import { group, or } from "@optique/core/constructs";
import { runParserAsync } from "@optique/core/facade";
import { message } from "@optique/core/message";
import type { InferValue } from "@optique/core/parser";
import {
  approveCommand,
  attemptsCommand,
  configCommand,
  examples,
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
import type { CliContext } from "./cli-context.js";
import { exitCodes } from "./exit-codes.js";

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
const commandParsers = {
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

/** The name of the command in its help and in completion scripts. */
const programName = "flyte-admin";

/**
 * Parses the arguments. Help, the version, completion and errors are written here.
 *
 * @returns `undefined` when there is nothing left to do
 */
export async function parseArgs(
  { process }: CliContext,
  args: readonly string[],
): Promise<ParsedCommand | undefined> {
  const write = (stream: typeof process.stdout) => (text: string) => {
    // Errors of the parser begin as all others do.
    stream.write(`${text.replace(/^(\S*?)Error: /, "$1error: ")}\n`);
  };
  const [name = "--help", ...rest] = args;
  const { isTTY, columns } = process.stdout;
  const ended: { exitCode?: number } = {};
  const end = (exitCode: number): void => {
    ended.exitCode = exitCode === 0 ? exitCodes.succeeded : exitCodes.usage;
  };
  const parsed = await runParserAsync(parserOf(name), programName, [name, ...rest], {
    brief: message`The command line of FlyteAdmin: lists that page to the end, and exit codes that scripts can use.`,
    footer: examples(
      "executions --where 'phase=FAILED,createdAt>-1d'",
      "attempts f5a1c0de --json | jq -r .closure.phase | sort | uniq -c",
      "launch core.flows.train -i epochs=3 --wait && flyte-admin outputs NAME",
    ),
    help: { option: { names: ["-h", "--help"] }, command: true, onShow: end },
    version: { value: await versionFor(args), option: { names: ["--version"] }, onShow: end },
    completion: { command: true, onShow: end },
    aboveError: "none",
    commandList: "top-level",
    usageLine: [{ type: "ellipsis" }],
    termWidth: "auto",
    colors: isTTY === true && !process.env["NO_COLOR"],
    ...(isTTY === true && columns !== undefined && columns >= 40 && { maxWidth: columns }),
    stdout: write(process.stdout),
    stderr: write(process.stderr),
    onError: end,
  });
  if (ended.exitCode === undefined) return parsed;
  process.exitCode = ended.exitCode;
  return undefined;
}

function parserOf(name: string) {
  return isCommand(name) ? commandParsers[name] : cliParser;
}

function isCommand(name: string): name is keyof typeof commandParsers {
  return Object.hasOwn(commandParsers, name);
}

/** The version is in the same file as the client, which help and completion need not wait for. */
async function versionFor(args: readonly string[]): Promise<string> {
  return args.includes("--version") ? (await import("../internal/index.js")).version : "unknown";
}
