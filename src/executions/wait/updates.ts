import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { type Connection, requireDefaults } from "../../calls/index.js";
import { DeadlineExceededError } from "../../errors/index.js";
import {
  abortError,
  createDeadline,
  sleep,
  type WaitingClock,
} from "../../internal/cancellation/index.js";
import { forAwaitOnly } from "../../internal/index.js";
import { callOptionsOf, checkFunction, requireOptions } from "../../internal/validation/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import { isTerminal, phaseOf } from "../../values/index.js";
import { buildTree, type ExecutionTree, type NodeTree, type TreeOptions } from "../tree/index.js";
import { ExecutionPoller } from "./execution-poller.js";
import { waitWhileHidden } from "./poll-loop.js";
import { PollFailures, pollIntervalMs } from "./poll-schedule.js";
import {
  type ExecutionUpdate,
  updatesOptionNames,
  type UpdatesOptions,
  waitOptionNames,
  type WaitOptions,
} from "./wait-options.js";

/**
 * Waits until an execution has ended, however it ended, and returns it: `outcomeOf`
 * returns how it ended, `unwrapOutcome` throws when it failed.
 *
 * It asks after half a second at first, then ever less often, some 20 times in a minute. All who
 * wait with one client in one project and domain share the calls: a hundred executions take one.
 * A page that nobody sees asks twice a minute at most, and at once when it is seen again.
 * Transient failures are retried on the next poll. FlyteAdmin has no push notifications, so
 * phases between two polls are missed.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
 *   execution does not exist; DeadlineExceededError when the time is over; CanceledError
 */
export async function waitForExecution(
  connection: Connection,
  id: ExecutionIdInput,
  options: WaitOptions = {},
): Promise<Execution> {
  const { onUpdate, ...rest } = requireOptions(options, waitOptionNames);
  checkFunction(onUpdate, "onUpdate");
  let last: Execution | undefined;
  for await (const update of watched(connection, id, rest, true)) {
    onUpdate?.(update);
    last = update.execution;
  }
  if (last === undefined) throw new Error("a wait ended without an execution");
  return last;
}

interface Polled {
  readonly execution: Execution;
  readonly tree: ExecutionTree | undefined;
}

/**
 * Yields the changes of an execution as they are seen, from its present state to its end: for
 * pages that show progress. It polls as `waitForExecution` does; leaving the loop ends that.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; the rest as `waitForExecution`
 */
export function watchExecution(
  connection: Connection,
  id: ExecutionIdInput,
  options: UpdatesOptions = {},
): AsyncIterable<ExecutionUpdate> {
  return watched(connection, id, options, false);
}

function watched(
  connection: Connection,
  id: ExecutionIdInput,
  options: UpdatesOptions,
  everyPoll: boolean,
): AsyncIterable<ExecutionUpdate> {
  const executionId = requireExecutionId(id, requireDefaults(connection));
  requireOptions(options, updatesOptionNames);
  return forAwaitOnly(
    { [Symbol.asyncIterator]: () => updates(connection, executionId, options, everyPoll) },
    "The updates of an execution",
    ", or wait for its end with executions.wait",
  );
}

async function* updates(
  connection: Connection,
  id: WorkflowExecutionIdentifier,
  options: UpdatesOptions,
  everyPoll: boolean,
): AsyncGenerator<ExecutionUpdate, undefined> {
  const { clock, closed } = connection;
  const startedAt = clock.now();
  const name = JSON.stringify(id.name);
  let lastPhase = "not yet known";
  const deadline = createDeadline({
    signals: [options.signal],
    group: closed,
    timeoutMs: options.timeoutMs,
    clock,
    abortError: (source) => abortError(source, `the wait for execution ${name}`),
    timeoutError: (limitMs) =>
      new DeadlineExceededError(
        `execution ${name} had not ended after ${limitMs} ms; its phase was ${lastPhase}`,
      ),
  });
  try {
    let previous: ExecutionUpdate | undefined;
    for await (const { execution, tree } of polled(connection, id, options, deadline.signal)) {
      const phase = phaseOf(execution);
      lastPhase = phase;
      const nodes = changedNodes(previous?.tree, tree);
      if (everyPoll || phase !== previous?.phase || nodes.length > 0) {
        const elapsedMs = clock.now() - startedAt;
        const previousPhase = previous?.phase;
        previous = { execution, phase, previousPhase, elapsedMs, nodes, tree };
        yield previous;
      }
      if (isTerminal(execution)) return;
    }
  } finally {
    deadline.abort();
  }
}

async function* polled(
  connection: Connection,
  id: WorkflowExecutionIdentifier,
  options: UpdatesOptions,
  signal: AbortSignal,
): AsyncGenerator<Polled, undefined> {
  const call = callOptionsOf({ ...options, signal: undefined, timeoutMs: undefined });
  if (options.tree === true) {
    const build = (treeOptions: TreeOptions): Promise<ExecutionTree> =>
      buildTree({ connection, id, attemptFilter: "" }, { ...call, ...treeOptions });
    for await (const tree of polledTrees(build, connection.clock, signal)) {
      yield { execution: tree.execution, tree };
    }
  } else {
    const isShared = Object.keys(call).length === 0;
    const poller = isShared
      ? connection.share(createPoller)
      : new ExecutionPoller(connection, call);
    for await (const execution of poller.states(id, signal)) yield { execution, tree: undefined };
  }
}

function createPoller(connection: Connection): ExecutionPoller {
  return new ExecutionPoller(connection);
}

/**
 * Reads a tree again and again, each time only what can have changed. Reads that fail for a moment
 * are passed over.
 */
async function* polledTrees(
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
      if (!failures.isBridged(error)) throw error;
    }
    if (tree !== undefined) {
      previous = tree;
      yield tree;
    }
    await sleep(pollIntervalMs(polls, clock.now() - startedAt, clock.random()), signal, clock);
    await waitWhileHidden(signal, clock);
  }
}

/** The nodes that are new, or in another phase than before, in the order of the tree. */
function changedNodes(
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
