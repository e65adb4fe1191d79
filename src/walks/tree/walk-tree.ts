import type { CallOptions, Client } from "@connectrpc/connect";

import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { InvalidOptionError } from "../../errors/index.js";
import { requireConcurrency } from "../../bulk/map-concurrent.js";
import { CallQueue } from "./call-queue.js";
import type { ExecutionTree, NodeTree, TreeEntry } from "./execution-tree.js";
import { type LiveExecution, type LiveNode, LiveTree } from "./live-tree.js";
import { TreeSource } from "./tree-source.js";

/** How the tree of an execution is walked. Every call takes Connect's options besides. */
export interface TreeOptions extends CallOptions {
  /**
   * Whether to go into executions that nodes launched.
   * @defaultValue `false`
   */
  readonly childExecutions?: boolean | undefined;
  /**
   * How many calls may be under way at once, from 1 to 1000.
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

/**
 * The tree of an execution, walked as it is read: each node, then its attempts, then the nodes
 * inside it. Every loop begins afresh; leaving it stops what was asked for.
 */
export interface TreeWalk extends AsyncIterable<TreeEntry> {
  /** Reads all of it into a tree. */
  build(): Promise<ExecutionTree>;
}

/** What is walked. */
export interface TreeRequest {
  readonly admin: Client<typeof AdminService>;
  readonly id: WorkflowExecutionIdentifier;
  /** The filter on attempts, in the server's grammar. */
  readonly attemptFilter: string;
}

/**
 * Walks the tree of an execution.
 *
 * @throws InvalidOptionError for a concurrency out of range, or a previous tree of another execution
 */
export function walkTree(request: TreeRequest, options: TreeOptions = {}): TreeWalk {
  const { concurrency = "auto" } = options;
  if (concurrency !== "auto") requireConcurrency(concurrency);
  requireSameExecution(request.id, options.previous);
  return {
    [Symbol.asyncIterator]: () => {
      const walk = new Walk(request, options);
      return walk.run((live) => walk.entries(live, 0, undefined));
    },
    build: async () => {
      const walk = new Walk(request, options);
      for await (const tree of walk.run((live) => once(walk.tree(live)))) return tree;
      throw new Error("a walk gave no tree");
    },
  };
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
    const { admin, attemptFilter, id } = this.#request;
    const onAbort = (): void => {
      this.#queue.stop(signal?.reason);
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const source = new TreeSource(admin, this.#queue, this.#options, attemptFilter);
      const live = new LiveTree(source, this.#queue, { childExecutions });
      const items = read(live.execution(id, [], previous));
      for (;;) {
        const next = await this.#queue.read(() => items.next());
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#queue.stop();
    }
  }

  async *entries(
    live: LiveExecution,
    depth: number,
    parent: NodeExecution | undefined,
  ): AsyncGenerator<TreeEntry, undefined> {
    yield { kind: "execution", execution: await live.execution, depth, parent };
    yield* this.#level(live.nodes, depth, undefined);
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
        yield { kind: "attempt", attempt, depth, parent: node };
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
