import type { InputsResult, OutputsResult } from "../../data/index.js";
import { InvalidOptionError, NotFoundError } from "../../errors/index.js";
import { saveOutputs } from "../../node/files/index.js";
import { literalsToJson } from "../../values/literals/index.js";
import type { CliContext } from "../cli-context.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { jsonText, manyLines, oneLine, Progress } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { lastAttempt, readTarget, type Target } from "./targets.js";
import { type CommandClient, withAdmin } from "./with-admin.js";
import { outputOf } from "./write-rows.js";

/** Writes inputs as JSON. */
export function runInputs(context: CliContext, args: ArgsOf<"inputs">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const target = await readTarget(client, args);
    await writeResult(context, await readInputs(client, target), args.json, "inputs");
  });
}

/** Writes outputs as JSON, or saves them. */
export function runOutputs(context: CliContext, args: ArgsOf<"outputs">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const target = await readTarget(client, args);
    if (args.save === undefined) {
      await writeResult(context, await readOutputs(client, target), args.json, "outputs");
      return;
    }
    await save(context, client, target, args.save);
  });
}

function readInputs({ admin, call }: CommandClient, target: Target): Promise<InputsResult> {
  const options = { ...call, fetchOffloaded: true };
  switch (target.kind) {
    case "execution":
      return admin.executions.inputs(target.id, options);
    case "node":
      return admin.nodeExecutions.inputs(target.id, options);
    case "attempt":
      return admin.taskExecutions.inputs(target.id, options);
  }
}

function readOutputs({ admin, call }: CommandClient, target: Target): Promise<OutputsResult> {
  const options = { ...call, fetchOffloaded: true };
  switch (target.kind) {
    case "execution":
      return admin.executions.outputs(target.id, options);
    case "node":
      return admin.nodeExecutions.outputs(target.id, options);
    case "attempt":
      return admin.taskExecutions.outputs(target.id, options);
  }
}

async function save(
  context: CliContext,
  { admin, call }: CommandClient,
  target: Target,
  folder: string,
): Promise<void> {
  if (target.kind === "execution") {
    throw new InvalidOptionError(
      "--save takes the outputs of an attempt. Name the node too, and the attempt unless it is the last one.",
      { option: "save" },
    );
  }
  const attempt =
    target.kind === "attempt" ? target.id : await lastAttempt({ admin, call }, target.id);
  if (attempt === undefined) {
    throw new NotFoundError("The node has no attempt to save outputs of.", { code: "NOT_FOUND" });
  }
  const output = outputOf(context);
  const progress = new Progress(context.process.stderr);
  progress.show("downloading");
  const result = await saveOutputs(admin, attempt, folder, call).finally(() => {
    progress.clear();
  });
  if (result.kind !== "saved") {
    await writeResult(context, result, false, "outputs");
    return;
  }
  for (const { path } of result.files) await output.writeLine(oneLine(path));
  for (const { output: name, uri } of result.skipped) {
    context.process.stderr.write(
      `${oneLine(`not saved: ${name} is a folder or a table of many files at ${uri}`)}\n`,
    );
  }
}

async function writeResult(
  context: CliContext,
  result: OutputsResult,
  isJson: boolean,
  what: "inputs" | "outputs",
): Promise<void> {
  if (result.kind === "literals") {
    const json = literalsToJson(result.literals);
    await outputOf(context).writeLine(jsonText(json, isJson ? undefined : 2));
    for (const { path } of result.unfetched ?? []) {
      context.process.stderr.write(
        `${oneLine(`${path} could not be read: its address is shown`)}\n`,
      );
    }
    return;
  }
  const [exitCode, problem] = explain(result, what);
  context.process.stderr.write(`${manyLines(`error: ${problem}`)}\n`);
  context.process.exitCode = exitCode;
}

type NoLiterals = Exclude<OutputsResult, { readonly kind: "literals" }>;

function explain(result: NoLiterals, what: string): readonly [ExitCode, string] {
  switch (result.kind) {
    case "notTerminal":
      return [exitCodes.notTerminal, `there are no ${what} yet: it is ${result.phase}.`];
    case "error":
      return [
        result.phase === "TIMED_OUT" ? exitCodes.timedOut : exitCodes.failed,
        `there are no ${what}: it is ${result.phase}. ${result.error?.message ?? ""}`.trim(),
      ];
    case "aborted":
      return [
        exitCodes.aborted,
        `there are no ${what}: it was aborted. ${result.cause ?? ""}`.trim(),
      ];
    case "none":
      return [exitCodes.error, `no ${what} were recorded. It is ${result.phase}.`];
    case "tooLarge":
      return [
        exitCodes.error,
        `the ${what} are too large to read (${result.bytes ?? "unknown"} bytes, at ${result.uri ?? "an unknown address"}).`,
      ];
    case "missing":
      return [
        exitCodes.error,
        `the ${what} are no longer in the storage (${result.uri ?? "no address"}): the ${result.what} is missing.`,
      ];
    case "unreadable":
      return [exitCodes.error, `the ${what} cannot be read. ${result.error.message}`];
  }
}
