import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { FlyteError } from "../../errors/index.js";
import { Channel } from "../../internal/index.js";
import { isTerminal, phaseOf } from "../../values/index.js";
import type { CallQueue } from "./call-queue.js";
import { type ExecutionTree, type NodeTree, settledRows } from "./execution-tree.js";
import type { Place } from "./place-heap.js";
import type { TreeSource } from "./tree-source.js";

/** A node whose attempts and children are on their way. */
export interface LiveNode {
  readonly node: NodeExecution;
  readonly attempts: AsyncIterable<TaskExecution>;
  readonly children: AsyncIterable<LiveNode>;
  readonly childExecution: LiveExecution | undefined;
}

/** An execution whose nodes are on their way. */
export interface LiveExecution {
  readonly execution: Promise<Execution>;
  readonly nodes: AsyncIterable<LiveNode>;
}

/** The parts of an execution that a walk reads. */
interface TreeScope {
  readonly childExecutions: boolean;
}

/** Asks for a tree, all branches at once as far as the queue lets them. */
export class LiveTree {
  readonly #source: TreeSource;
  readonly #queue: CallQueue;
  readonly #scope: TreeScope;

  constructor(source: TreeSource, queue: CallQueue, scope: TreeScope) {
    this.#source = source;
    this.#queue = queue;
    this.#scope = scope;
  }

  /** Begins with an execution, of which an earlier state may be known. */
  execution(
    id: WorkflowExecutionIdentifier,
    place: Place,
    previous: ExecutionTree | undefined,
  ): LiveExecution {
    const isOver = previous !== undefined && isTerminal(previous.execution);
    const execution = isOver
      ? Promise.resolve(previous.execution)
      : this.#source.execution(id, [...place, 0]);
    const nodes = this.#channel<LiveNode>(async (push) => {
      // Nodes are read after what they belong to, so that those of one that has ended are final.
      await execution;
      await this.#level(push, [...place, 1], previous?.execution, previous?.nodes ?? [], (from) =>
        this.#source.nodes(id, "", [...place, 1], from),
      );
    });
    return { execution, nodes };
  }

  #node(node: NodeExecution, place: Place, previous: NodeTree | undefined): LiveNode {
    const { id } = node;
    if (id?.executionId === undefined) {
      throw new FlyteError("ListNodeExecutions returned a node without an id", {
        code: "INTERNAL",
      });
    }
    const { executionId, nodeId } = id;
    let giveParents: (attempts: readonly TaskExecution[]) => void;
    const parents = new Promise<readonly TaskExecution[]>((resolve) => {
      giveParents = resolve;
    });
    const attempts = this.#channel<TaskExecution>(async (push) => {
      const oldStyle: TaskExecution[] = [];
      const take = (attempt: TaskExecution): void => {
        if (attempt.isParent) oldStyle.push(attempt);
        push(attempt);
      };
      try {
        if (mayHaveAttempts(node)) await this.#attempts(take, node, [...place, 0], previous);
      } finally {
        giveParents(oldStyle);
      }
    });
    const children = this.#channel<LiveNode>(async (push) => {
      const known = previous?.children ?? [];
      if (hasChildren(node)) {
        await this.#level(push, [...place, 1], previous?.node, known, (from) =>
          this.#source.nodes(executionId, nodeId, [...place, 1], from),
        );
      }
      for (const [index, attempt] of (await parents).entries()) {
        if (attempt.id === undefined) continue;
        const under = [...place, 2, index];
        const rows = this.#source.nodesOfAttempt(attempt.id, under);
        await this.#level(push, under, undefined, [], () => rows);
      }
    });
    const launched = this.#scope.childExecutions ? childExecutionId(node) : undefined;
    const childExecution =
      launched && this.execution(launched, [...place, 3], previous?.childExecution);
    return { node, attempts, children, childExecution };
  }

  async #attempts(
    push: (attempt: TaskExecution) => void,
    node: NodeExecution,
    place: Place,
    previous: NodeTree | undefined,
  ): Promise<void> {
    const known = previous?.attempts ?? [];
    const settled = previous === undefined ? 0 : settledRows(previous.node, known);
    for (const attempt of known.slice(0, settled === "all" ? undefined : settled)) push(attempt);
    if (settled === "all" || node.id === undefined) return;
    for await (const rows of this.#source.attempts(node.id, place, settled)) rows.forEach(push);
  }

  async #level(
    push: (node: LiveNode) => void,
    place: Place,
    owner: Execution | NodeExecution | undefined,
    known: readonly NodeTree[],
    list: (from: number) => AsyncIterable<readonly NodeExecution[]>,
  ): Promise<void> {
    // Nodes of attempts are behind those of the node, and are counted apart.
    const isMixed = known.some(({ attempts }) => attempts.some(({ isParent }) => isParent));
    const rows = isMixed ? [] : known;
    const settled =
      owner === undefined
        ? 0
        : settledRows(
            owner,
            rows.map(({ node }) => node),
          );
    const kept = rows.slice(0, settled === "all" ? undefined : settled);
    for (const [index, old] of kept.entries()) push(this.#node(old.node, [...place, index], old));
    if (settled === "all") return;
    const byId = new Map(known.map((old) => [old.node.id?.nodeId, old]));
    let index = kept.length;
    for await (const nodes of list(kept.length)) {
      for (const node of nodes) {
        push(this.#node(node, [...place, index], byId.get(node.id?.nodeId)));
        index += 1;
      }
    }
  }

  #channel<T>(fill: (push: (item: T) => void) => Promise<void>): Channel<T> {
    const channel = new Channel<T>();
    const push = (item: T): void => {
      this.#queue.hold(1);
      channel.push(item);
    };
    fill(push).then(
      () => {
        channel.end();
      },
      (error: unknown) => {
        channel.fail(error);
      },
    );
    return channel;
  }
}

/** Nodes that the engine adds, and that run nothing. */
const systemNodes = ["start-node", "end-node"];

/** Whether a node has nodes inside it, by what the list says: the call for one node says less. */
function hasChildren(node: NodeExecution): boolean {
  return node.metadata?.isParentNode === true;
}

/**
 * Whether a node may have attempts: not a system node, a branch, a sub-workflow, one that launched
 * an execution, or one that was skipped. A dynamic node has those of the task that made it.
 */
function mayHaveAttempts(node: NodeExecution): boolean {
  const { metadata, id } = node;
  if (systemNodes.includes(metadata?.specNodeId ?? "") || systemNodes.includes(id?.nodeId ?? "")) {
    return false;
  }
  if (childExecutionId(node) !== undefined || phaseOf(node) === "SKIPPED") return false;
  return !hasChildren(node) || metadata?.isDynamic === true || metadata?.isArray === true;
}

/** The execution that a node launched. */
function childExecutionId(node: NodeExecution): WorkflowExecutionIdentifier | undefined {
  const target = node.closure?.targetMetadata;
  return target?.case === "workflowNodeMetadata" ? target.value.executionId : undefined;
}
