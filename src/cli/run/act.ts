import type { Signal } from "../../../gen/flyteidl/admin/signal_pb.js";
import { formatLiteral } from "../../values/literals/index.js";
import { toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { exitCodeOfError } from "./report-error.js";
import { manyLines, oneLine } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { readExecutionId } from "./targets.js";
import { withAdmin } from "./with-admin.js";
import { outputOf, writeRows } from "./write-rows.js";

/** Asks for executions to be aborted. */
export function runTerminate(context: CliContext, args: ArgsOf<"terminate">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { admin, call } = client;
    const ids = args.executions.map((text) => readExecutionId(client, text));
    const output = outputOf(context);
    const results = await admin.executions.terminateAll(ids, { cause: args.cause }, call);
    for (const result of results) {
      if (result.ok) {
        await output.writeLine(oneLine(result.id.name));
        continue;
      }
      context.process.stderr.write(
        `${manyLines(`error: ${result.id.name}: ${result.error.message}`)}\n`,
      );
      context.process.exitCode = exitCodeOfError(result.error);
    }
  });
}

/** Sets a signal, or lists the signals of an execution. */
export function runApprove(context: CliContext, args: ArgsOf<"approve">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { admin, call } = client;
    const executionId = readExecutionId(client, args.execution);
    if (args.signal === undefined) {
      await writeRows<Signal>(context, admin.signals.list({ executionId }, call), {
        columns: [
          { header: "SIGNAL", value: ({ id }) => id?.signalId },
          {
            header: "VALUE",
            value: ({ value }) =>
              value?.value.case === undefined ? "waits" : formatLiteral(value),
            mayBeCut: true,
          },
        ],
        toJson,
        isJson: args.json,
        noun: "signals",
      });
      return;
    }
    const id = { executionId, signalId: args.signal };
    await (args.reject ? admin.signals.reject(id, call) : admin.signals.approve(id, call));
    await outputOf(context).writeLine(
      `${oneLine(args.signal)} ${args.reject ? "rejected" : "approved"}`,
    );
  });
}
