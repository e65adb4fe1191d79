import { type ExecutionTree, isTerminal, phaseOf, type TreeEntry } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import type { NodeExecution } from "flyte-admin-client/gen/flyteidl/admin/node_execution_pb";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import type { WorkflowExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { toneOf } from "./phases.js";
import { axisWindow, type TimeWindow } from "./time-scale.js";
import { lastEventMs, type Span, spanOf } from "./times.js";

/** A node of a run, with its place in the tree. */
export interface RunNode {
  /** The node's id, unique in its execution. */
  readonly key: string;
  readonly name: string;
  readonly node: NodeExecution;
  readonly phase: string;
  /** Nodes at the top have 0. */
  readonly depth: number;
  readonly parent: string | undefined;
  readonly hasChildren: boolean;
  readonly attempts: readonly TaskExecution[];
  readonly failures: number;
}

/** An execution and all its nodes, in the order of the tree. */
export interface Run {
  readonly execution: Execution;
  readonly nodes: readonly RunNode[];
}

interface GrowingTree {
  readonly node: NodeExecution;
  readonly attempts: TaskExecution[];
  readonly children: GrowingTree[];
  readonly childExecution: undefined;
}

/** Puts a tree together from the entries of a walk, so that it can be drawn before it is whole. */
export class TreeBuilder {
  readonly #roots: GrowingTree[] = [];
  readonly #byId = new Map<string, GrowingTree>();
  #execution: Execution;

  constructor(execution: Execution) {
    this.#execution = execution;
  }

  get tree(): ExecutionTree {
    return { execution: this.#execution, nodes: this.#roots };
  }

  add(entry: TreeEntry): void {
    if (entry.kind === "execution") this.#execution = entry.execution;
    if (entry.kind === "attempt") this.#of(entry.parent)?.attempts.push(entry.attempt);
    if (entry.kind !== "node") return;
    const { node, parent } = entry;
    const grown: GrowingTree = { node, attempts: [], children: [], childExecution: undefined };
    this.#byId.set(node.id?.nodeId ?? "", grown);
    (this.#of(parent)?.children ?? this.#roots).push(grown);
  }

  #of(node: NodeExecution | undefined): GrowingTree | undefined {
    return node === undefined ? undefined : this.#byId.get(node.id?.nodeId ?? "");
  }
}

/** The nodes that the engine adds, and that run nothing. */
const systemNodes = ["start-node", "end-node"];

/** The run that a tree holds, each node before those inside it. */
export function runOf({ execution, nodes }: ExecutionTree): Run {
  const flat: RunNode[] = [];
  const add = (trees: ExecutionTree["nodes"], depth: number, parent: string | undefined): void => {
    for (const { node, attempts, children } of trees) {
      const key = node.id?.nodeId ?? "";
      if (systemNodes.includes(key)) continue;
      flat.push({
        key,
        name: [node.metadata?.specNodeId, key].find((name) => name) ?? "unnamed node",
        node,
        phase: phaseOf(node),
        depth,
        parent,
        hasChildren: children.length > 0,
        attempts,
        failures: attempts.filter((attempt) => toneOf(phaseOf(attempt)) === "bad").length,
      });
      add(children, depth + 1, key);
    }
  };
  add(nodes, 0, undefined);
  return { execution, nodes: flat };
}

/** The time that an axis over all of a run covers, and whether it ends long before now. */
export function windowOf(
  { execution, nodes }: Run,
  nowMs: number,
): (TimeWindow & { readonly isCut: boolean }) | undefined {
  let start = Infinity;
  let last = -Infinity;
  const open: Span[] = [];
  const take = (closure: Parameters<typeof spanOf>[0], hasEnded: boolean): void => {
    const span = spanOf(closure, hasEnded, nowMs);
    if (span === undefined) return;
    start = Math.min(start, span.start);
    last = Math.max(last, lastEventMs(closure, hasEnded));
    if (span.isOpen) open.push(span);
  };
  take(execution.closure, isTerminal(execution));
  for (const { node, attempts } of nodes) {
    take(node.closure, isTerminal(node));
    for (const attempt of attempts) take(attempt.closure, isTerminal(attempt));
  }
  return last === -Infinity
    ? undefined
    : axisWindow(start, last, open.length > 0 ? nowMs : undefined);
}

/** The time from the first attempt to the end of the last. */
export function attemptsWindow({ nodes }: Run, nowMs: number): TimeWindow | undefined {
  const spans = nodes
    .flatMap(({ attempts }) => attempts)
    .flatMap((attempt) => {
      const hasEnded = isTerminal(attempt);
      const span = spanOf(attempt.closure, hasEnded, nowMs);
      if (span === undefined) return [];
      return { start: span.start, end: hasEnded ? span.end : lastEventMs(attempt.closure, false) };
    });
  if (spans.length === 0) return undefined;
  const start = spans.reduce((least, span) => Math.min(least, span.start), Infinity);
  return { start, end: spans.reduce((most, span) => Math.max(most, span.end), start + 1) };
}

export function nodeSpan({ node }: RunNode, nowMs: number): Span | undefined {
  return spanOf(node.closure, isTerminal(node), nowMs);
}

export function attemptSpan(attempt: TaskExecution, nowMs: number): Span | undefined {
  return spanOf(attempt.closure, isTerminal(attempt), nowMs);
}

/** The execution that a node launched, if it did. */
export function launchedBy(node: NodeExecution): WorkflowExecutionIdentifier | undefined {
  const target = node.closure?.targetMetadata;
  return target?.case === "workflowNodeMetadata" ? target.value.executionId : undefined;
}

/** How many attempts there are and how many of them failed, in words; "" for one that did not. */
export function attemptsText({ attempts, failures }: RunNode): string {
  if (attempts.length <= 1 && failures === 0) return "";
  const count = `${attempts.length} ${attempts.length === 1 ? "attempt" : "attempts"}`;
  return failures === 0 ? count : `${count}, ${failures} failed`;
}
