import type { AdminClient } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import type { NodeExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { attemptHead, attemptRow, countText } from "./describe.js";
import { showOutputs } from "./outputs.js";
import { tableOf } from "./table.js";
import type { Terminal } from "./terminal.js";

const tableRows = 10;

/** The subject of the story. */
export interface StorySubject {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  /** One node; all top-level nodes when there is none. */
  readonly nodeId: string | undefined;
}

/** The result of the walk over all attempts. */
export interface WalkSummary {
  readonly attempts: number;
  readonly elapsedMs: number;
}

/** Finds what failed in an execution and reads what an attempt wrote, as a script would. */
export async function tellStory(
  admin: AdminClient,
  subject: StorySubject,
  terminal: Terminal,
): Promise<WalkSummary> {
  const { nodeId, ...executionId } = subject;
  const nodes =
    nodeId === undefined
      ? await nodesOf(admin, executionId)
      : [await nodeOf(admin, { executionId, nodeId })];

  terminal.heading("1. Every attempt, node by node");
  const walk = await walkAll(admin, nodes, terminal);

  terminal.heading("2. What failed or was aborted after the first attempt, latest first");
  for (const node of nodes) await showFailures(admin, node, terminal);

  terminal.heading("3. What an attempt wrote");
  await showOutputs(admin, nodes, terminal);
  return walk;
}

async function nodeOf(
  admin: AdminClient,
  id: { executionId: Omit<StorySubject, "nodeId">; nodeId: string },
): Promise<NodeExecutionIdentifier> {
  const node = await admin.nodeExecutions.get(id);
  if (node.id === undefined) throw new Error("the server returned a node without an id");
  return node.id;
}

async function nodesOf(
  admin: AdminClient,
  executionId: Omit<StorySubject, "nodeId">,
): Promise<NodeExecutionIdentifier[]> {
  // A list by an execution that does not exist is empty on the server; this says so instead.
  await admin.executions.get(executionId);
  const nodes: NodeExecutionIdentifier[] = [];
  for await (const { id } of admin.nodeExecutions.list({ executionId })) {
    if (id !== undefined) nodes.push(id);
  }
  return nodes;
}

async function walkAll(
  admin: AdminClient,
  nodes: readonly NodeExecutionIdentifier[],
  terminal: Terminal,
): Promise<WalkSummary> {
  const startedAt = performance.now();
  let attempts = 0;
  for (const nodeExecutionId of nodes) {
    const nodeStartedAt = performance.now();
    let ofNode = 0;
    const text = (): string =>
      `   ${nodeExecutionId.nodeId.padEnd(12)} ${countText(ofNode).padStart(8)} attempts`;
    const list = admin.taskExecutions.list(
      { nodeExecutionId },
      {
        onProgress: () => {
          terminal.progress(text());
        },
      },
    );
    for await (const attempt of list) if (attempt.id !== undefined) ofNode++;
    const seconds = Math.max(performance.now() - nodeStartedAt, 1) / 1000;
    terminal.done(`${text()}  ${countText(ofNode / seconds).padStart(8)} a second`);
    attempts += ofNode;
  }
  return { attempts, elapsedMs: performance.now() - startedAt };
}

async function showFailures(
  admin: AdminClient,
  nodeExecutionId: NodeExecutionIdentifier,
  terminal: Terminal,
): Promise<void> {
  const failures = admin.taskExecutions.list({
    nodeExecutionId,
    where: (f) => [f.phase.in(["FAILED", "ABORTED"]), f.retryAttempt.gte(1)],
    orderBy: { field: "createdAt", direction: "descending" },
  });
  const shown: TaskExecution[] = [];
  let count = 0;
  for await (const attempt of failures) {
    if (shown.length < tableRows) shown.push(attempt);
    count++;
  }
  if (count === 0) {
    terminal.line(`   ${nodeExecutionId.nodeId}: nothing`);
    return;
  }
  for (const line of tableOf(attemptHead, shown.map(attemptRow))) terminal.line(`   ${line}`);
  if (count > shown.length) terminal.line(`   … and ${countText(count - shown.length)} more`);
  terminal.line();
}
