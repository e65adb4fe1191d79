import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { abortError, onAbort } from "../../internal/cancellation/index.js";
import { CallQueue } from "./call-queue.js";
import type { ExecutionTree, NodeTree, TreeEntry } from "./execution-tree.js";
import { type LiveExecution, type LiveNode, LiveTree } from "./live-tree.js";
import { TreeSource } from "./tree-source.js";
import type { TreeOptions, TreeRequest } from "./walk-tree.js";

/** Gives the entries of a tree as they are read. */
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
  throw new Error("a walk gave no tree");
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
