import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
  requireString,
} from "../../internal/validation/index.js";
import { NodeExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import {
  type NodeExecutionIdentifier,
  NodeExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { create } from "@bufbuild/protobuf";
import { defaultStart, seedDefaults, timeAt } from "./names.js";
import { outputResult, type SeedResultInput, seedResultNames } from "./outcome.js";
import { type SeedableServer, writersOf } from "./writers.js";

/** A node execution to build. */
export interface SeedNodeInput extends SeedResultInput {
  /** The execution that has the node. */
  readonly executionId: ExecutionIdInput;
  /** The id of the node, such as `n0`. */
  readonly nodeId: string;
  /**
   * The node that this one is inside of.
   * @defaultValue none: a top-level node
   */
  readonly parentNodeId?: string | undefined;
  /** @defaultValue `"RUNNING"` */
  readonly phase?:
    "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED" | "SKIPPED" | "TIMED_OUT" | undefined;
  /**
   * The kind of the node, where it is not a plain task: a sub-workflow, a dynamic node, or an array.
   * @defaultValue a plain task
   */
  readonly kind?: "subWorkflow" | "dynamic" | "array" | undefined;
  /**
   * When it started.
   * @defaultValue now, and where it has ended, `runtimeMs` before now
   */
  readonly startedAt?: Date | undefined;
  /**
   * How long it ran, in milliseconds.
   * @defaultValue `30_000`
   */
  readonly runtimeMs?: number | undefined;
  /**
   * Where the node's deck is.
   * @defaultValue none
   */
  readonly deckUri?: string | undefined;
}

const nodeNames: OptionNames<SeedNodeInput> = {
  ...seedResultNames,
  executionId: true,
  nodeId: true,
  parentNodeId: true,
  phase: true,
  kind: true,
  startedAt: true,
  runtimeMs: true,
  deckUri: true,
};

const nodePhases: OptionNames<Record<NonNullable<SeedNodeInput["phase"]>, unknown>> = {
  QUEUED: true,
  RUNNING: true,
  SUCCEEDED: true,
  FAILED: true,
  ABORTED: true,
  SKIPPED: true,
  TIMED_OUT: true,
};

/** Brings a node execution to a phase, as Flyte's engine would. */
export async function seedNode(
  target: SeedableServer,
  node: SeedNodeInput,
): Promise<NodeExecutionIdentifier> {
  requireKnownOptions(node, nodeNames, "node", "an object with executionId and nodeId");
  const executionId = requireExecutionId(node.executionId, seedDefaults, "executionId");
  const { admin } = writersOf(target);
  const { phase = "RUNNING", runtimeMs = 30_000 } = node;
  requireString(node.nodeId, "nodeId");
  requireOneOf(nodePhases, phase, "phase");
  const isOpen = phase === "QUEUED" || phase === "RUNNING";
  const startedAt = node.startedAt ?? defaultStart(target, isOpen ? 0 : runtimeMs);
  const result = outputResult(target, phase, node, `${executionId.name}/${node.nodeId}`);
  const id = create(NodeExecutionIdentifierSchema, {
    executionId,
    nodeId: node.nodeId,
  });
  const common = {
    id,
    specNodeId: node.nodeId,
    nodeName: node.nodeId,
    eventVersion: 1,
    isParent: node.kind !== undefined,
    isDynamic: node.kind === "dynamic",
    isArray: node.kind === "array",
    ...(node.parentNodeId !== undefined && {
      parentNodeMetadata: { nodeId: node.parentNodeId },
      retryGroup: "0",
    }),
    ...(node.deckUri !== undefined && { deckUri: node.deckUri }),
  };
  await admin.createNodeEvent({
    event: {
      ...common,
      phase: NodeExecution_Phase[phase === "QUEUED" ? "QUEUED" : "RUNNING"],
      occurredAt: timeAt(startedAt, 0),
    },
  });
  if (isOpen) return id;
  await admin.createNodeEvent({
    event: {
      ...common,
      phase: NodeExecution_Phase[phase],
      occurredAt: timeAt(startedAt, runtimeMs),
      ...(result && { outputResult: result }),
    },
  });
  return id;
}
