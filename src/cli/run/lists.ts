import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import {
  executionFilters,
  nodeExecutionFilters,
  taskExecutionFilters,
} from "../../lists/filters/index.js";
import { type LogLink, logsOf, subAttemptsOf, toJson } from "../../values/index.js";
import type { FilterArgs } from "../commands/index.js";
import type { CliContext } from "../cli-context.js";
import type { ArgsOf } from "../parser.js";
import { parseOrderBy, toWhere } from "../where/index.js";
import { attemptColumns, executionColumns, nodeColumns } from "./columns.js";
import { readExecutionId, readTarget } from "./targets.js";
import { type CommandClient, requireDefaults, withAdmin } from "./with-admin.js";
import { writeRows } from "./write-rows.js";

/** Lists executions. */
export function runExecutions(context: CliContext, args: ArgsOf<"executions">): Promise<void> {
  const { now } = context;
  const where = toWhere({ table: executionFilters, now }, args.where);
  const orderBy = parseOrderBy(executionFilters, args.orderBy) ?? {
    field: "createdAt",
    direction: "descending",
  };
  return withAdmin(context, args, async ({ admin, call }) => {
    requireDefaults(admin);
    const query = { where, orderBy, mustExist: true };
    const rows = admin.executions.list(query, { ...call, limit: args.limit });
    await writeRows<Execution>(context, rows, {
      columns: executionColumns(now),
      toJson,
      isJson: args.json,
      noun: "executions",
    });
  });
}

/** Lists the nodes of an execution, or inside a node. */
export function runNodes(context: CliContext, args: ArgsOf<"nodes">): Promise<void> {
  const { now } = context;
  const where = toWhere({ table: nodeExecutionFilters, now }, args.where);
  const orderBy = parseOrderBy(nodeExecutionFilters, args.orderBy);
  return withAdmin(context, args, async (client) => {
    const { admin, call } = client;
    const options = { ...call, limit: args.limit };
    const target = await readTarget(client, { ...args, attempt: undefined });
    const rows =
      target.kind === "node"
        ? admin.nodeExecutions.listChildren({ parentId: target.id, where, orderBy }, options)
        : admin.nodeExecutions.list(
            {
              executionId: readExecutionId(client, args.execution),
              where,
              orderBy,
              mustExist: true,
            },
            options,
          );
    await writeRows<NodeExecution>(context, rows, {
      columns: nodeColumns(now),
      toJson,
      isJson: args.json,
      noun: "nodes",
    });
  });
}

/** Lists the attempts of an execution or a node. */
export function runAttempts(context: CliContext, args: ArgsOf<"attempts">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const rows = await listAttempts(context, client, args);
    await writeRows<TaskExecution>(context, rows, {
      columns: attemptColumns(context.now),
      toJson,
      isJson: args.json,
      noun: "attempts",
    });
  });
}

/** The attempts that the arguments name. */
async function listAttempts(
  { now }: CliContext,
  client: CommandClient,
  args: FilterArgs & {
    readonly execution: string;
    readonly node: string | undefined;
    readonly childExecutions?: boolean;
  },
): Promise<AsyncIterable<TaskExecution>> {
  const { admin, call } = client;
  const where = toWhere({ table: taskExecutionFilters, now }, args.where);
  const options = { ...call, limit: args.limit };
  const target = await readTarget(client, { ...args, attempt: undefined });
  if (target.kind === "node") {
    const query = { nodeExecutionId: target.id, where, mustExist: true };
    return admin.taskExecutions.list(query, options);
  }
  const executionId = readExecutionId(client, args.execution);
  const { childExecutions } = args;
  return admin.taskExecutions.listForExecution(
    { executionId, where },
    { ...options, childExecutions },
  );
}

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
