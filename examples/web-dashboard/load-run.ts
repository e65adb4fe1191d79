import { type AdminClient, type ExecutionTree, isFlyteError, isTerminal } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import type { WorkflowExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { pause } from "./activity.js";
import { TreeBuilder } from "./run-model.js";

/** Hears of a run while it is loaded and as long as it changes. */
export interface RunListener {
  onExecution(execution: Execution): void;
  /** @param isWhole `false` while more is on its way */
  onTree(tree: ExecutionTree, isWhole: boolean): void;
  /** A refresh failed, and another one will follow; `undefined` once one has worked again. */
  onRefresh(error: unknown): void;
}

const drawEveryMs = 150;
const refreshMs = 4000;

/**
 * Loads a run as it arrives, and follows it until it has ended: its phase by the updates of the
 * package, its nodes and attempts by reading again what can have changed.
 */
export async function followRun(
  admin: AdminClient,
  id: WorkflowExecutionIdentifier,
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  const execution = await admin.executions.get(id, { signal });
  listener.onExecution(execution);
  let tree = await loadTree(admin, execution, listener, signal);
  if (isTerminal(tree.execution)) return;
  const end = new AbortController();
  const both = AbortSignal.any([signal, end.signal]);
  const phases = followPhases(admin, id, listener, both);
  // Its failure is heard of where it is awaited below.
  phases.catch(() => undefined);
  try {
    while (!isTerminal(tree.execution)) {
      await Promise.race([pause(refreshMs, signal), phases]);
      tree = await refreshed(admin, tree, listener, signal);
    }
  } finally {
    end.abort();
  }
}

async function loadTree(
  admin: AdminClient,
  execution: Execution,
  listener: RunListener,
  signal: AbortSignal,
): Promise<ExecutionTree> {
  const builder = new TreeBuilder(execution);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawMs = 0;
  const draw = (): void => {
    const before = performance.now();
    timer = undefined;
    listener.onTree(builder.tree, false);
    drawMs = performance.now() - before;
  };
  try {
    for await (const entry of admin.executions.tree(execution.id!, { signal })) {
      builder.add(entry);
      // Drawing a large run takes long: most of the time is left to reading it.
      timer ??= setTimeout(draw, drawEveryMs + 5 * drawMs);
    }
  } finally {
    clearTimeout(timer);
  }
  listener.onTree(builder.tree, true);
  return builder.tree;
}

async function refreshed(
  admin: AdminClient,
  previous: ExecutionTree,
  listener: RunListener,
  signal: AbortSignal,
): Promise<ExecutionTree> {
  try {
    const tree = await admin.executions.tree(previous.execution.id!, { previous, signal }).build();
    listener.onRefresh(undefined);
    listener.onTree(tree, true);
    return tree;
  } catch (error) {
    signal.throwIfAborted();
    // What is shown stays true until the next read works.
    listener.onRefresh(error);
    return previous;
  }
}

/** Ends when the execution has. */
async function followPhases(
  admin: AdminClient,
  id: WorkflowExecutionIdentifier,
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { execution } of admin.executions.updates(id, { signal })) {
      listener.onExecution(execution);
    }
  } catch (error) {
    if (isFlyteError(error, "CANCELLED")) return;
    listener.onRefresh(error);
    // The reads of the tree continue, and hear of the end too.
    await new Promise(() => undefined);
  }
}
