import { create } from "@bufbuild/protobuf";

import {
  type SignalIdentifier,
  SignalIdentifierSchema,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { seedNode } from "./nodes.js";
import { type SeedableServer, writersOf } from "./writers.js";

/** A gate node to build. */
export interface SeedGateInput {
  /** The execution that has the gate. */
  readonly executionId: WorkflowExecutionIdentifier;
  /** @defaultValue `"gate"` */
  readonly nodeId?: string;
  /** @defaultValue `"approve"` */
  readonly signalId?: string;
  /**
   * The type of the value that the gate waits for.
   * @defaultValue a boolean: an approval
   */
  readonly type?: SimpleType;
}

/** Builds a gate node that waits for a signal. */
export async function seedGate(
  target: SeedableServer,
  { executionId, nodeId = "gate", signalId = "approve", type = SimpleType.BOOLEAN }: SeedGateInput,
): Promise<SignalIdentifier> {
  await seedNode(target, { executionId, nodeId, phase: "RUNNING" });
  const id = create(SignalIdentifierSchema, { executionId, signalId });
  const request = { id, type: { type: { case: "simple" as const, value: type } } };
  await writersOf(target).signal.getOrCreateSignal(request);
  return id;
}
