import type { Client } from "@connectrpc/connect";

import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { isTerminal, phaseOf } from "../../values/outcomes/index.js";
import type { ExecutionTree, TreeOptions } from "../tree/index.js";
import { buildTree } from "../tree/walk.js";
import { checkWaitOptions } from "./check-wait-options.js";
import type { ExecutionPoller } from "./execution-poller.js";
import { changedNodes, polledTrees } from "./polled-trees.js";
import { WaitEnd } from "./wait-end.js";
import type { ExecutionUpdate, UpdatesOptions, WaitOptions } from "./wait-options.js";

/** What waiting for an execution stands on. */
export interface WaitRequest {
  readonly admin: Client<typeof AdminService>;
  readonly poller: ExecutionPoller;
  readonly id: WorkflowExecutionIdentifier;
}

/**
 * Waits until an execution has ended, and gives it as it is then.
 *
 * @throws InvalidOptionError for a time limit that is none, and what the wait ends with
 */
export async function waitForExecution(
  request: WaitRequest,
  options: WaitOptions = {},
): Promise<Execution> {
  checkWaitOptions(options);
  let last: Execution | undefined;
  for await (const update of updatesOf(request, options)) {
    options.onProgress?.(update);
    last = update.execution;
  }
  if (last === undefined) throw new Error("a wait ended without an execution");
  return last;
}

interface Polled {
  readonly execution: Execution;
  readonly tree: ExecutionTree | undefined;
}

/** Gives the changes of an execution until it has ended. */
export async function* updatesOf(
  request: WaitRequest,
  options: UpdatesOptions = {},
): AsyncGenerator<ExecutionUpdate, undefined> {
  const { clock } = request.poller;
  const startedAt = clock.now();
  const end = new WaitEnd(request.id.name, options, request.poller);
  try {
    let previous: ExecutionUpdate | undefined;
    for await (const { execution, tree } of polled(request, options, end.signal)) {
      const phase = phaseOf(execution);
      end.phase = phase;
      const nodes = changedNodes(previous?.tree, tree);
      if (phase !== previous?.phase || nodes.length > 0) {
        const elapsedMs = clock.now() - startedAt;
        const previousPhase = previous?.phase;
        previous = { execution, phase, previousPhase, elapsedMs, nodes, tree };
        yield previous;
      }
      if (isTerminal(execution)) return;
    }
  } finally {
    end.done();
  }
}

async function* polled(
  { admin, poller, id }: WaitRequest,
  { tree: withTree = false }: UpdatesOptions,
  signal: AbortSignal,
): AsyncGenerator<Polled, undefined> {
  if (withTree) {
    const build = (options: TreeOptions): Promise<ExecutionTree> =>
      buildTree({ admin, id, attemptFilter: "" }, options);
    for await (const tree of polledTrees(build, poller.clock, signal)) {
      yield { execution: tree.execution, tree };
    }
  } else {
    for await (const execution of poller.states(id, signal)) yield { execution, tree: undefined };
  }
}
