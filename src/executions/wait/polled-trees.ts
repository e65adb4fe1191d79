import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import { sleep, type WaitingClock } from "../../internal/cancellation/index.js";
import type { ExecutionTree, NodeTree, TreeOptions } from "../tree/index.js";
import { PollFailures } from "./poll-failures.js";
import { waitWhileHidden } from "./hidden-page.js";
import { hiddenPollMs, pollIntervalMs } from "./poll-intervals.js";

/**
 * Reads a tree again and again, each time only what can have changed. Reads that fail for a moment
 * are passed over.
 */
export async function* polledTrees(
  build: (options: TreeOptions) => Promise<ExecutionTree>,
  clock: WaitingClock,
  signal: AbortSignal,
): AsyncGenerator<ExecutionTree, undefined> {
  const startedAt = clock.now();
  const failures = new PollFailures();
  let previous: ExecutionTree | undefined;
  for (let polls = 1; ; polls++) {
    signal.throwIfAborted();
    let tree: ExecutionTree | undefined;
    try {
      tree = await build({ previous, signal });
      failures.end();
    } catch (error) {
      signal.throwIfAborted();
      if (!failures.mayPass(error)) throw error;
    }
    if (tree !== undefined) {
      previous = tree;
      yield tree;
    }
    await sleep(pollIntervalMs(polls, clock.now() - startedAt, clock.random()), signal, clock);
    await waitWhileHidden(hiddenPollMs(clock.random()), signal, clock);
  }
}

/** The nodes that are new, or in another phase than before, in the order of the tree. */
export function changedNodes(
  before: ExecutionTree | undefined,
  after: ExecutionTree | undefined,
): readonly NodeExecution[] {
  const phases = new Map(
    allNodes(before?.nodes ?? []).map((node) => [node.id?.nodeId, node.closure?.phase]),
  );
  return allNodes(after?.nodes ?? []).filter(
    ({ id, closure }) => !phases.has(id?.nodeId) || phases.get(id?.nodeId) !== closure?.phase,
  );
}

function allNodes(trees: readonly NodeTree[]): readonly NodeExecution[] {
  return trees.flatMap(({ node, children }) => [node, ...allNodes(children)]);
}
