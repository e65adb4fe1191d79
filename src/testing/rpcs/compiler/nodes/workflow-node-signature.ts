import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { TypedInterface } from "../../../../../gen/flyteidl/core/interface_pb.js";
import type { Node, WorkflowNode } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { identifierText } from "../../../go-format/index.js";
import { valueRequired, workflowNotFound } from "../errors/index.js";
import type { LaunchPlanInterface } from "../linked-entities.js";
import {
  completeInterface,
  type Signature,
  signatureOf,
  type Variables,
  variablesOf,
} from "../signature.js";
import type { WorkflowBuilder } from "../workflow-builder.js";

/** The signature of a node that runs a launch plan or a sub-workflow. */
export function workflowNodeSignature(
  builder: WorkflowBuilder,
  node: Node,
  { reference }: WorkflowNode,
): Signature | undefined {
  switch (reference.case) {
    case "launchplanRef":
      return launchPlanSignature(builder, node, reference.value);
    case "subWorkflowRef":
      return subWorkflowSignature(builder, node, reference.value);
    case undefined:
      builder.errors.collect(workflowNotFound(node.id, "<nil>/<nil>"));
      return undefined;
  }
}

function launchPlanSignature(
  { template, linked, errors }: WorkflowBuilder,
  node: Node,
  reference: Identifier,
): Signature | undefined {
  const text = identifierText(reference);
  // A reference to the workflow itself, in the place of its launch plan.
  if (text === identifierText(template.id)) {
    if (template.interface === undefined) {
      errors.collect(valueRequired(node.id, "WorkflowNode.Interface"));
    }
    return declared(template.interface);
  }
  const launchPlan = linked.launchPlans.get(text);
  if (launchPlan === undefined) {
    errors.collect(workflowNotFound(node.id, text));
    return undefined;
  }
  const { expectedInputs, expectedOutputs } = launchPlan;
  if (expectedInputs === undefined) {
    errors.collect(valueRequired(node.id, "WorkflowNode.ExpectedInputs"));
  }
  if (expectedOutputs === undefined) {
    errors.collect(valueRequired(node.id, "WorkflowNode.ExpectedOutputs"));
  }
  return { inputs: exposedInputs(launchPlan, node), outputs: variablesOf(expectedOutputs) };
}

/** The inputs that a node must bind: the required ones, and those that it binds although they have a value. */
function exposedInputs({ expectedInputs }: LaunchPlanInterface, { inputs }: Node): Variables {
  const bound = new Set(inputs.map((binding) => binding.var));
  return new Map(
    Object.entries(expectedInputs?.parameters ?? {})
      .filter(
        ([name, { behavior }]) =>
          (behavior.case === "required" && behavior.value) || bound.has(name),
      )
      .map(([name, parameter]) => [name, parameter.var?.type]),
  );
}

function subWorkflowSignature(
  { linked, errors }: WorkflowBuilder,
  node: Node,
  reference: Identifier,
): Signature | undefined {
  const text = identifierText(reference);
  const subWorkflow = linked.subWorkflows.get(text);
  if (subWorkflow === undefined) {
    errors.collect(workflowNotFound(node.id, text));
    return undefined;
  }
  const typed = subWorkflow.template?.interface;
  if (typed === undefined)
    errors.collect(valueRequired(node.id, "WorkflowNode.Template.Interface"));
  return declared(typed);
}

function declared(typed: TypedInterface | undefined): Signature | undefined {
  return typed === undefined ? undefined : signatureOf(completeInterface(typed));
}
