import { Code } from "@connectrpc/connect";

import type { CompiledWorkflowClosure } from "../../../../../gen/flyteidl/core/compiler_pb.js";
import { IdentifierSchema } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { Span } from "../../../../../gen/flyteidl/core/metrics_pb.js";
import type {
  BranchNode,
  Node,
  WorkflowNode,
} from "../../../../../gen/flyteidl/core/workflow_pb.js";
import type { ExecutionRow, FlyteState } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { requireWorkflow } from "../../registry/workflows/index.js";
import { readDynamicWorkflow } from "../nodes/index.js";
import { requireExecution } from "../rows/index.js";
import { attemptsOf, attemptSpans, taskNodeSpans } from "./attempt-spans.js";
import { compiledWorkflow } from "./compiled-workflow.js";
import { compareTimes, endOf, isBefore, isSet, operationSpan, runSpan } from "./spans.js";
import { latestUpstream, type TimedNode, timedNodes, type TimedNodes } from "./timed-nodes.js";

/** The context of a walk over nodes. */
export interface MetricsWalk {
  readonly state: FlyteState;
  /** The span of an execution that a node launched. */
  readonly executionSpan: (row: ExecutionRow, depth: number) => Span;
}

/** The spans of the nodes of one level, in the order in which they were made. */
export function nodesSpans(
  walk: MetricsWalk,
  nodes: TimedNodes,
  workflow: CompiledWorkflowClosure,
  depth: number,
): readonly Span[] {
  const template = workflow.primary?.template;
  return [...nodes]
    .filter(([id]) => id !== "start-node" && id !== "end-node")
    .sort(([, a], [, b]) => compareTimes(a.closure?.createdAt, b.closure?.createdAt))
    .map(([id, timed]) => {
      const node = template?.nodes.find((candidate) => candidate.id === id);
      if (node === undefined) {
        throw adminError(
          Code.Internal,
          `failed to discover workflow node '${id}' in workflow '${messageText(IdentifierSchema, template?.id)}'`,
        );
      }
      const upstream = latestUpstream(id, workflow, nodes);
      const transition =
        upstream === undefined
          ? []
          : [
              operationSpan(
                "NODE_TRANSITION",
                upstream.closure?.updatedAt,
                timed.closure?.createdAt,
              ),
            ];
      return nodeSpan(walk, timed, node, depth, transition);
    });
}

function nodeSpan(
  walk: MetricsWalk,
  timed: TimedNode,
  node: Node,
  depth: number,
  before: readonly Span[] = [],
): Span {
  const parts = depth === 0 ? [] : nodeParts(walk, timed, node, depth - 1);
  const id = timed.message.id;
  return runSpan(
    id === undefined ? { case: undefined } : { case: "nodeId", value: id },
    timed.closure,
    [...before, ...parts],
  );
}

function nodeParts(
  walk: MetricsWalk,
  timed: TimedNode,
  node: Node,
  depth: number,
): readonly Span[] {
  const { target } = node;
  switch (target.case) {
    case "branchNode":
      return branchParts(walk, timed, target.value, depth);
    case "gateNode":
      return gateParts(timed);
    case "taskNode":
      if (timed.message.metadata?.isParentNode === true) return dynamicParts(walk, timed, depth);
      return taskNodeSpans(timed.row, timed.closure ?? {}, depth);
    case "workflowNode":
      return workflowParts(walk, timed, target.value, depth);
    default:
      return [];
  }
}

function branchParts(
  walk: MetricsWalk,
  timed: TimedNode,
  branch: BranchNode,
  depth: number,
): readonly Span[] {
  const children = [...timedNodes(timed.row.children ?? []).values()];
  const [child] = children;
  if (child === undefined) return [wholeSetup(timed)];
  if (children.length !== 1) {
    throw adminError(
      Code.Internal,
      `invalid branch node execution: expected 1 but found ${children.length} node execution(s)`,
    );
  }
  const id = child.message.metadata?.specNodeId ?? "";
  const node = branchNodes(branch).find((candidate) => candidate.id === id);
  if (node === undefined) {
    throw adminError(
      Code.Internal,
      `failed to identify branch node final node definition for nodeID '${id}'`,
    );
  }
  return [
    operationSpan("NODE_SETUP", timed.closure?.createdAt, child.closure?.createdAt),
    nodeSpan(walk, child, node, depth),
    ...teardown(timed, child.closure?.updatedAt),
  ];
}

function branchNodes({ ifElse }: BranchNode): readonly Node[] {
  const last = ifElse?.default.case === "elseNode" ? ifElse.default.value : undefined;
  const blocks = [ifElse?.case, ...(ifElse?.other ?? [])];
  return [...blocks.map((block) => block?.thenNode), last].filter((node) => node !== undefined);
}

function gateParts(timed: TimedNode): readonly Span[] {
  const { createdAt, startedAt, updatedAt } = timed.closure ?? {};
  if (!isSet(startedAt)) return [wholeSetup(timed)];
  const setup = operationSpan("NODE_SETUP", createdAt, startedAt);
  const end = endOf(timed.closure ?? {});
  if (end === undefined) return [setup, operationSpan("NODE_IDLE", startedAt, updatedAt)];
  return [
    setup,
    operationSpan("NODE_IDLE", startedAt, end),
    operationSpan("NODE_TEARDOWN", end, updatedAt),
  ];
}

function dynamicParts(walk: MetricsWalk, timed: TimedNode, depth: number): readonly Span[] {
  const attempts = attemptsOf(timed.row);
  const [first] = attempts;
  const last = attempts.at(-1)?.closure;
  if (first === undefined || last === undefined) return [wholeSetup(timed)];
  const spans = [
    operationSpan("NODE_SETUP", timed.closure?.createdAt, first.closure.createdAt),
    ...attemptSpans(attempts, depth),
  ];
  const nodes = timedNodes(timed.row.children ?? []);
  if (nodes.size === 0) {
    if (isBefore(timed.closure?.updatedAt, last.updatedAt)) return spans;
    return [...spans, operationSpan("NODE_RESET", last.updatedAt, timed.closure?.updatedAt)];
  }
  const started = nodes.get("start-node")?.closure?.updatedAt;
  const reset = operationSpan("NODE_RESET", last.updatedAt, started);
  const workflow = readDynamicWorkflow(walk.state, timed.row);
  return [...spans, reset, ...innerSpans(walk, timed, nodes, workflow, depth)];
}

function workflowParts(
  walk: MetricsWalk,
  timed: TimedNode,
  { reference }: WorkflowNode,
  depth: number,
): readonly Span[] {
  if (reference.case === "launchplanRef") return launchedParts(walk, timed, depth);
  if (reference.case === undefined) {
    throw adminError(Code.Internal, "failed to identify workflow node type for node");
  }
  const nodes = timedNodes(timed.row.children ?? []);
  if (nodes.size === 0) return [wholeSetup(timed)];
  const started = nodes.get("start-node")?.closure?.updatedAt;
  const setup = operationSpan("NODE_SETUP", timed.closure?.createdAt, started);
  const workflow = compiledWorkflow(walk.state, requireWorkflow(walk.state, reference.value));
  return [setup, ...innerSpans(walk, timed, nodes, workflow, depth)];
}

/** A node that launched another execution. */
function launchedParts(walk: MetricsWalk, timed: TimedNode, depth: number): readonly Span[] {
  const metadata = timed.closure?.targetMetadata;
  if (metadata?.case !== "workflowNodeMetadata") return [wholeSetup(timed)];
  const row = requireExecution(walk.state, metadata.value.executionId);
  const launched = walk.executionSpan(row, depth);
  return [
    operationSpan("NODE_SETUP", timed.closure?.createdAt, launched.startTime),
    launched,
    ...teardown(timed, launched.endTime),
  ];
}

/** The nodes inside a node, and what follows them. */
function innerSpans(
  walk: MetricsWalk,
  timed: TimedNode,
  nodes: TimedNodes,
  workflow: CompiledWorkflowClosure,
  depth: number,
): readonly Span[] {
  const last = latestUpstream("end-node", workflow, nodes);
  const spans = nodesSpans(walk, nodes, workflow, depth);
  return last === undefined ? spans : [...spans, ...teardown(timed, last.closure?.updatedAt)];
}

function wholeSetup({ closure }: TimedNode): Span {
  return operationSpan("NODE_SETUP", closure?.createdAt, closure?.updatedAt);
}

function teardown({ closure }: TimedNode, from: Span["startTime"]): readonly Span[] {
  if (isBefore(closure?.updatedAt, from)) return [];
  return [operationSpan("NODE_TEARDOWN", from, closure?.updatedAt)];
}
