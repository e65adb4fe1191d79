import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { type Connection, requireDefaults } from "../../calls/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import { abortError, onAbort } from "../../internal/cancellation/index.js";
import { type CallOptions, forAwaitOnly, requireConcurrency } from "../../internal/index.js";
import {
  callOptionNames,
  type OptionNames,
  requireOptions,
} from "../../internal/validation/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import { CallQueue } from "./call-queue.js";
import type { ExecutionTree, NodeTree, TreeEntry } from "./execution-tree.js";
import { type LiveExecution, type LiveNode, LiveTree } from "./live-tree.js";
import { TreeSource } from "./tree-source.js";

/** Options of walking the tree of an execution; Connect's hold for each call. */
export interface TreeOptions extends CallOptions {
  /**
   * Whether to go into executions that nodes launched.
   * @defaultValue `false`
   */
  readonly childExecutions?: boolean | undefined;
  /**
   * The number of calls that may be in flight at once, from 1 to 1000.
   * @defaultValue "auto": 8 at first, and up to 64 where the latency shows that they are on the wire
   *   and not in the server, which keeps 10 idle connections to its database for all its users
   */
  readonly concurrency?: number | "auto" | undefined;
  /**
   * The tree as it was read before. Only what can have changed is asked for: what had ended, with
   * all that is in it, is taken over.
   * @defaultValue none: all is asked for
   */
  readonly previous?: ExecutionTree | undefined;
}

const treeOptionNames: OptionNames<TreeOptions> = {
  ...callOptionNames,
  childExecutions: true,
  concurrency: true,
  previous: true,
};

/**
 * The tree of an execution, walked as it is read: each node, then its attempts, then the nodes
 * inside it. Every loop begins again; leaving it stops what was asked for.
 */
export interface TreeWalk extends AsyncIterable<TreeEntry> {
  /** Reads all of it into a tree. */
  build(): Promise<ExecutionTree>;
}

/** The execution to walk, and how far. */
export interface TreeRequest {
  readonly connection: Connection;
  readonly id: WorkflowExecutionIdentifier;
  /** The filter on attempts, in the server's grammar. */
  readonly attemptFilter: string;
}

/**
 * Walks all that is inside an execution: its nodes, with those inside dynamic nodes, sub-workflows,
 * branches and maps, and their attempts; executions that nodes launched on request.
 *
 * FlyteAdmin has no list of all nodes or attempts: this makes one call for the top, one for each
 * parent node and one for each node that may have attempts, more where these have over 1000 rows,
 * and as many at once as is good for the server. Entries come in the same order every time. Error
 * messages of nodes are cut to 100 bytes.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError from the
 *   walk when the execution does not exist
 */
export function walkExecutionTree(
  connection: Connection,
  id: ExecutionIdInput,
  options: TreeOptions = {},
): TreeWalk {
  const executionId = requireExecutionId(id, requireDefaults(connection));
  checkTreeOptions(executionId, requireOptions(options, treeOptionNames));
  const request = { connection, id: executionId, attemptFilter: "" };
  const walk: TreeWalk = {
    [Symbol.asyncIterator]: () => treeEntries(request, options),
    build: () => buildTree(request, options),
  };
  return forAwaitOnly(walk, "A tree", ", or read all of it with await tree.build()");
}

/**
 * Checks how a tree is to be walked.
 *
 * @throws InvalidOptionError for a concurrency out of range, or a previous tree of another execution
 */
export function checkTreeOptions(
  id: WorkflowExecutionIdentifier,
  { concurrency = "auto", previous }: TreeOptions,
): void {
  if (concurrency !== "auto") requireConcurrency(concurrency);
  requireSameExecution(id, previous);
}

function requireSameExecution(
  { project, domain, name }: WorkflowExecutionIdentifier,
  previous: ExecutionTree | undefined,
): void {
  const id = previous?.execution.id;
  if (previous === undefined) return;
  if (id?.project === project && id.domain === domain && id.name === name) return;
  throw new InvalidOptionError(
    `previous is the tree of ${JSON.stringify(id?.name ?? "")}; it must be one of ${JSON.stringify(name)}, the execution that is walked`,
    { option: "previous" },
  );
}

/** Yields the entries of a tree as they are read. */
export function treeEntries(
  request: TreeRequest,
  options: TreeOptions,
): AsyncGenerator<TreeEntry, undefined> {
  const walk = new Walk(request, options);
  return walk.run((live) => walk.entries(live, 0, undefined));
}

/** Reads all of a tree. */
export async function buildTree(
  request: TreeRequest,
  options: TreeOptions,
): Promise<ExecutionTree> {
  const walk = new Walk(request, options);
  for await (const tree of walk.run((live) => once(walk.tree(live)))) return tree;
  throw new Error("a walk returned no tree");
}

async function* once<T>(item: Promise<T>): AsyncGenerator<T, undefined> {
  yield await item;
}

/** One walk over a tree. */
class Walk {
  readonly #request: TreeRequest;
  readonly #options: TreeOptions;
  readonly #queue: CallQueue;

  constructor(request: TreeRequest, options: TreeOptions) {
    this.#request = request;
    this.#options = options;
    this.#queue = new CallQueue(options.concurrency ?? "auto");
  }

  /** Reads the tree, and stops all calls when the reader leaves, something fails, or the signal fires. */
  async *run<T>(read: (live: LiveExecution) => AsyncGenerator<T>): AsyncGenerator<T, undefined> {
    const { signal, previous, childExecutions = false } = this.#options;
    const { connection, attemptFilter, id } = this.#request;
    const release = onAbort([signal], (source) => {
      this.#queue.stop(abortError(source, "the walk over the execution"));
    });
    try {
      const source = new TreeSource(connection, this.#queue, this.#options, attemptFilter);
      const live = new LiveTree(source, this.#queue, { childExecutions });
      const items = read(live.execution(id, [], previous));
      for (;;) {
        const next = await this.#queue.read(() => items.next());
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      release();
      this.#queue.stop();
    }
  }

  async *entries(
    live: LiveExecution,
    depth: number,
    parent: NodeExecution | undefined,
  ): AsyncGenerator<TreeEntry, undefined> {
    yield { kind: "execution", execution: await live.execution, depth, parent };
    yield* this.#level(live.nodes, depth + 1, undefined);
  }

  async *#level(
    nodes: AsyncIterable<LiveNode>,
    depth: number,
    parent: NodeExecution | undefined,
  ): AsyncGenerator<TreeEntry, undefined> {
    for await (const { node, attempts, children, childExecution } of nodes) {
      this.#queue.release();
      yield { kind: "node", node, depth, parent };
      for await (const attempt of attempts) {
        this.#queue.release();
        yield { kind: "attempt", attempt, depth: depth + 1, parent: node };
      }
      yield* this.#level(children, depth + 1, node);
      if (childExecution !== undefined) yield* this.entries(childExecution, depth + 1, node);
    }
  }

  async tree(live: LiveExecution): Promise<ExecutionTree> {
    return { execution: await live.execution, nodes: await this.#nodeTrees(live.nodes) };
  }

  async #nodeTrees(nodes: AsyncIterable<LiveNode>): Promise<readonly NodeTree[]> {
    const trees: NodeTree[] = [];
    for await (const { node, attempts, children, childExecution } of nodes) {
      this.#queue.release();
      const read: TaskExecution[] = [];
      for await (const attempt of attempts) {
        this.#queue.release();
        read.push(attempt);
      }
      trees.push({
        node,
        attempts: read,
        children: await this.#nodeTrees(children),
        childExecution: childExecution && (await this.tree(childExecution)),
      });
    }
    return trees;
  }
}
