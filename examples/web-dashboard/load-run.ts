import type { AdminClient } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import type { NodeExecution } from "flyte-admin-client/gen/flyteidl/admin/node_execution_pb";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";

/** A node with its depth in the tree; attempts are added to it as they arrive. */
export interface RunNode {
  readonly node: NodeExecution;
  readonly depth: number;
  readonly attempts: TaskExecution[];
}

/** What is told while a run is loaded. */
export interface RunListener {
  /** A node was found; `after` is the one that it stands below, or none for the top. */
  onNode(node: RunNode, after: RunNode | undefined): void;
  onAttempts(node: RunNode): void;
}

/** More attempts of one node are not drawn. */
const maxAttempts = 500;

/** How many lists run at once. */
const lanes = 4;

/** Walks the nodes of an execution, children below their parents, and the attempts of each, as they arrive. */
export async function loadRun(
  admin: AdminClient,
  execution: Execution,
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  const waiting: (() => Promise<void>)[] = [];

  const addNodes = async (
    nodes: AsyncIterable<NodeExecution>,
    parent: RunNode | undefined,
  ): Promise<void> => {
    let last = parent;
    for await (const node of nodes) {
      const run: RunNode = { node, depth: (parent?.depth ?? -1) + 1, attempts: [] };
      listener.onNode(run, last);
      last = run;
      waiting.push(() => loadBelow(run));
    }
  };

  const loadBelow = async (run: RunNode): Promise<void> => {
    if (run.node.metadata?.isParentNode === true) {
      await addNodes(admin.nodeExecutions.listChildren({ parentId: run.node.id }, { signal }), run);
    }
    const attempts = admin.taskExecutions.list(
      { nodeExecutionId: run.node.id },
      { limit: maxAttempts, signal },
    );
    for await (const { items } of attempts.pages()) {
      run.attempts.push(...items);
      if (items.length > 0) listener.onAttempts(run);
    }
  };

  await addNodes(admin.nodeExecutions.list({ executionId: execution.id }, { signal }), undefined);
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  // A lane may end while another one finds children, so they are started until none are left.
  while (waiting.length > 0) await Promise.all(Array.from({ length: lanes }, lane));
}
