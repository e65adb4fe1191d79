import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { DeadlineExceededError } from "../../errors/index.js";
import { phaseOf, toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { formatDurationMs } from "../duration.js";
import { exitCodeOfPhase, exitCodes } from "../exit-codes.js";
import { colorPhase, jsonText, manyLines, oneLine, Progress } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { formatRuntime, problemOf } from "./columns.js";
import { readExecutionId } from "./targets.js";
import { type CommandClient, withAdmin } from "./with-admin.js";
import { hasColors, outputOf } from "./write-rows.js";

/** The time limit of a wait, and the form in which its end is written. */
export interface WaitSettings {
  readonly timeoutMs: number | undefined;
  readonly json: boolean;
}

/** Waits for the end of an execution. */
export function runWait(context: CliContext, args: ArgsOf<"wait">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    await waitForEnd(context, client, readExecutionId(client, args.execution), args);
  });
}

/** Waits for the end of an execution, writes it, and sets the exit code of its phase. */
export async function waitForEnd(
  context: CliContext,
  { admin, call }: CommandClient,
  id: WorkflowExecutionIdentifier,
  { timeoutMs, json }: WaitSettings,
): Promise<void> {
  const progress = new Progress(context.process.stderr);
  const onUpdate = ({ phase, elapsedMs }: { phase: string; elapsedMs: number }): void => {
    progress.show(`${id.name} ${phase}, waiting for ${formatDurationMs(elapsedMs)}`);
  };
  try {
    const ended = await admin.executions.wait(id, { ...call, timeoutMs, onUpdate });
    progress.clear();
    await writeEnd(context, ended, json);
  } catch (error) {
    progress.clear();
    if (!isWaitOver(error, timeoutMs)) throw error;
    context.process.stderr.write(`error: ${oneLine(error.message)}\n`);
    context.process.exitCode = exitCodes.notTerminal;
  }
}

async function writeEnd(context: CliContext, ended: Execution, json: boolean): Promise<void> {
  const phase = phaseOf(ended);
  context.process.exitCode = exitCodeOfPhase(phase);
  const output = outputOf(context);
  if (json) {
    await output.writeLine(jsonText(toJson(ended)));
    return;
  }
  const shown = hasColors(context) ? colorPhase(phase, phase) : phase;
  const runtime = formatRuntime(ended, context.now);
  await output.writeLine(
    `${oneLine(ended.id?.name ?? "")} ${shown}${runtime === "" ? "" : ` after ${runtime}`}`,
  );
  const problem = problemOf(ended);
  if (problem !== "") context.process.stderr.write(`${manyLines(problem)}\n`);
}

/** Whether the time to wait is over: the limit of one call makes the same error. */
export function isWaitOver(
  error: unknown,
  timeoutMs: number | undefined,
): error is DeadlineExceededError {
  return timeoutMs !== undefined && error instanceof DeadlineExceededError;
}
