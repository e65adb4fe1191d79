import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { type LogLink, logsOf, subAttemptsOf } from "../../values/logs/index.js";
import type { CliContext } from "../cli-context.js";
import type { ArgsOf } from "../parser.js";
import { listAttempts } from "./lists.js";
import { withAdmin } from "./with-admin.js";
import { writeRows } from "./write-rows.js";

interface LogRow {
  readonly node: string;
  /** The attempt; for a sub-task of a map task also its index and attempt there. */
  readonly attempt: number;
  readonly index: number | undefined;
  readonly subAttempt: number | undefined;
  readonly link: LogLink;
}

/** Lists the links to the logs of attempts. */
export function runLogs(context: CliContext, args: ArgsOf<"logs">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const attempts = await listAttempts(context, client, args);
    await writeRows<LogRow>(context, logRows(attempts), {
      columns: [
        { header: "NODE", value: ({ node }) => node },
        { header: "ATTEMPT", value: ({ attempt }) => String(attempt) },
        { header: "INDEX", value: ({ index }) => (index === undefined ? "" : String(index)) },
        { header: "LOG", value: ({ link }) => link.name },
        { header: "URI", value: ({ link }) => link.uri },
      ],
      toJson: ({ node, attempt, index, subAttempt, link }) => ({
        node,
        attempt,
        ...(index !== undefined && { index }),
        ...(subAttempt !== undefined && { subAttempt }),
        name: link.name,
        uri: link.uri,
      }),
      isJson: args.json,
      noun: "links",
    });
  });
}

async function* logRows(attempts: AsyncIterable<TaskExecution>): AsyncGenerator<LogRow> {
  for await (const attempt of attempts) {
    const row = {
      node: attempt.id?.nodeExecutionId?.nodeId ?? "",
      attempt: attempt.id?.retryAttempt ?? 0,
    };
    for (const link of logsOf(attempt)) {
      yield { ...row, index: undefined, subAttempt: undefined, link };
    }
    for (const { index, retryAttempt, logs } of subAttemptsOf(attempt)) {
      for (const link of logs) yield { ...row, index, subAttempt: retryAttempt, link };
    }
  }
}
