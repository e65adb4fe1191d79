import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import { InvalidOptionError } from "../../errors/index.js";
import { executionFilters, type WhereInput } from "../../lists/filters/index.js";
import { phaseOf, toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { formatDurationMs } from "../duration.js";
import { exitCodeOfPhase, exitCodes } from "../exit-codes.js";
import { colorPhase, cutToWidth, jsonText, oneLine } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { toWhere } from "../where/index.js";
import { formatTime, problemOf } from "./columns.js";
import { readExecutionId } from "./targets.js";
import { isWaitOver, type WaitSettings } from "./wait.js";
import { type CommandClient, requireDefaults, withAdmin } from "./with-admin.js";
import { hasColors, outputOf } from "./write-rows.js";

/** Shows the changes of an execution, or of a list of executions. */
export function runWatch(context: CliContext, args: ArgsOf<"watch">): Promise<void> {
  const where = toWhere({ table: executionFilters, now: context.now }, args.where);
  const { execution } = args;
  if (execution !== undefined && where !== undefined) {
    throw new InvalidOptionError(
      "watch takes an execution, or conditions on a list of executions. Leave one of them out.",
      { option: "where" },
    );
  }
  return withAdmin(context, args, (client) =>
    execution === undefined
      ? watchList(context, client, where, args)
      : watchOne(context, client, execution, args),
  );
}

/** Shows the changes of an execution and its nodes until its end. */
async function watchOne(
  context: CliContext,
  client: CommandClient,
  execution: string,
  args: WaitSettings,
): Promise<void> {
  const { admin, call } = client;
  const id = readExecutionId(client, execution);
  const output = outputOf(context);
  const options = { ...call, timeoutMs: args.timeoutMs, tree: true };
  try {
    for await (const update of admin.executions.updates(id, options)) {
      const { execution, phase, previousPhase, nodes } = update;
      if (phase !== previousPhase) {
        await output.writeLine(
          args.json
            ? jsonText({ kind: "execution", execution: toJson(execution) })
            : changeLine(context, "", execution, output.columns),
        );
      }
      for (const node of nodes) {
        await output.writeLine(
          args.json
            ? jsonText({ kind: "node", node: toJson(node) })
            : changeLine(context, node.id?.nodeId ?? "", node, output.columns),
        );
      }
      context.process.exitCode = exitCodeOfPhase(phase);
    }
  } catch (error) {
    if (!isWaitOver(error, args.timeoutMs)) throw error;
    context.process.stderr.write(`error: ${oneLine(error.message)}\n`);
    context.process.exitCode = exitCodes.notTerminal;
  }
}

/** Shows the changes of a list until it is ended from outside, or the time is over. */
async function watchList(
  context: CliContext,
  { admin, call }: CommandClient,
  where: WhereInput<"execution"> | undefined,
  { timeoutMs, json }: WaitSettings,
): Promise<void> {
  requireDefaults(admin);
  const output = outputOf(context);
  const onError = (error: unknown, { nextPollMs }: { readonly nextPollMs: number }): void => {
    const text = error instanceof Error ? error.message : String(error);
    const pause = formatDurationMs(nextPollMs);
    context.process.stderr.write(`${oneLine(`still watching, next look in ${pause}: ${text}`)}\n`);
  };
  try {
    for await (const event of admin.executions.watch({ where }, { ...call, timeoutMs, onError })) {
      if (event.kind === "synced") {
        if (json) await output.writeLine(jsonText(event));
        continue;
      }
      const { kind, item } = event;
      await output.writeLine(
        json
          ? jsonText({ kind, execution: toJson(item) })
          : changeLine(context, "", item, output.columns, `${kind.padEnd(7)}  `),
      );
    }
  } catch (error) {
    if (!isWaitOver(error, timeoutMs)) throw error;
  }
}

function changeLine(
  context: CliContext,
  nodeId: string,
  row: Execution | NodeExecution,
  columns: number | undefined,
  lead = "",
): string {
  const phase = phaseOf(row);
  const name = row.$typeName === "flyteidl.admin.Execution" ? (row.id?.name ?? "") : nodeId;
  const start = `${formatTime(row.closure?.updatedAt)}  ${lead}${oneLine(name)}  `;
  const line = `${start}${phase}  ${oneLine(problemOf(row))}`.trimEnd();
  const cut = columns === undefined ? line : cutToWidth(line, columns);
  return hasColors(context) ? cut.replace(phase, colorPhase(phase, phase)) : cut;
}
