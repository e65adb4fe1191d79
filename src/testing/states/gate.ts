import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import { seedDefaults } from "./names.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { create } from "@bufbuild/protobuf";

import {
  type SignalIdentifier,
  SignalIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { seedNode } from "./nodes.js";
import { type SeedableServer, writersOf } from "./writers.js";

/** A gate node to build. */
export interface SeedGateInput {
  /** The execution that has the gate. */
  readonly executionId: ExecutionIdInput;
  /** @defaultValue `"gate"` */
  readonly nodeId?: string | undefined;
  /** @defaultValue `"approve"` */
  readonly signalId?: string | undefined;
  /**
   * The type of the value that the gate waits for.
   * @defaultValue a boolean: an approval
   */
  readonly type?: SimpleType | undefined;
}

const gateNames: OptionNames<SeedGateInput> = {
  executionId: true,
  nodeId: true,
  signalId: true,
  type: true,
};

/** Builds a gate node that waits for a signal. */
export async function seedGate(
  target: SeedableServer,
  gate: SeedGateInput,
): Promise<SignalIdentifier> {
  requireKnownOptions(gate, gateNames, "gate", "an object with executionId");
  const { nodeId = "gate", signalId = "approve", type = SimpleType.BOOLEAN } = gate;
  const executionId = requireExecutionId(gate.executionId, seedDefaults, "executionId");
  await seedNode(target, { executionId, nodeId, phase: "RUNNING" });
  const id = create(SignalIdentifierSchema, { executionId, signalId });
  const request = { id, type: { type: { case: "simple" as const, value: type } } };
  await writersOf(target).signal.getOrCreateSignal(request);
  return id;
}
