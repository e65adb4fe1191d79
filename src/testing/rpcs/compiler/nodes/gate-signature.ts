import type { GateNode, SignalCondition } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { discoverInputs } from "../bindings/index.js";
import { gateWithoutCondition, valueRequired } from "../errors/index.js";
import { emptySignature, noVariables, type Signature } from "../signature.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";

/** The signature of a gate node: an approval outputs what it takes, a signal outputs its value. */
export function gateSignature(
  builder: WorkflowBuilder,
  node: CompilerNode,
  { condition }: GateNode,
): Signature | undefined {
  const { errors, edges } = builder;
  const { id } = node.message;
  switch (condition.case) {
    case "approve": {
      const inputs = discoverInputs(builder, node, (from, to) => {
        edges.addUpstream(from, to);
      });
      return { inputs, outputs: inputs };
    }
    case "signal":
      return signalSignature(builder, id, condition.value);
    case "sleep":
      return emptySignature;
    case undefined:
      errors.collect(gateWithoutCondition(id));
      return undefined;
  }
}

function signalSignature(
  { errors }: WorkflowBuilder,
  nodeId: string,
  { type, outputVariableName }: SignalCondition,
): Signature | undefined {
  if (type === undefined) {
    errors.collect(valueRequired(nodeId, "GateNode.Signal.Type"));
    return undefined;
  }
  if (outputVariableName === "") {
    errors.collect(valueRequired(nodeId, "GateNode.Signal.OutputVariableName"));
    return undefined;
  }
  return { inputs: noVariables, outputs: new Map([[outputVariableName, type]]) };
}
