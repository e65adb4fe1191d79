import { clone, create } from "@bufbuild/protobuf";

import type { WorkflowSpec } from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type CompiledWorkflow,
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
  CompiledWorkflowSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import {
  type Identifier,
  IdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type Node,
  NodeSchema,
  type WorkflowTemplate,
  WorkflowTemplateSchema,
} from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { type FlyteState, joinKey } from "../../../store/index.js";
import { invalidArgument, missingEntity } from "../../errors.js";
import { identifierText, lookedUpText } from "../checks/identifier.js";
import { compiledTaskOf } from "../tasks.js";
import { findVersion } from "../versions.js";
import { connectionsOf } from "./connections.js";
import {
  boundNodeIds,
  endNodeId,
  nodeTree,
  resolveBindings,
  startNodeId,
} from "./resolve-bindings.js";

/**
 * The closure that the server makes of a workflow: its nodes between a start
 * and an end node, what follows what, and the tasks that it needs.
 *
 * References are resolved; types are not checked.
 * @throws NOT_FOUND and INVALID_ARGUMENT when something that it refers to is not there
 */
export function compileWorkflow(
  state: FlyteState,
  id: Identifier,
  spec: WorkflowSpec,
): CompiledWorkflowClosure {
  const primary = clone(WorkflowTemplateSchema, spec.template ?? create(WorkflowTemplateSchema));
  primary.id = id;
  const subWorkflows = spec.subWorkflows.map((template) => clone(WorkflowTemplateSchema, template));
  const nodes = [primary, ...subWorkflows].flatMap((template) => template.nodes.flatMap(nodeTree));
  const targets = nodes.flatMap(targetsOf);
  return create(CompiledWorkflowClosureSchema, {
    tasks: distinct(targets, "task").map((task) => compiledTaskOf(requireTask(state, task))),
    launchPlans: distinct(targets, "launchPlan").map((plan) => requireLaunchPlan(state, plan)),
    primary: compileTemplate(primary),
    subWorkflows: distinct(targets, "subWorkflow").map((ref) =>
      compileTemplate(requireSubWorkflow(subWorkflows, ref)),
    ),
  });
}

function compileTemplate(template: WorkflowTemplate): CompiledWorkflow {
  resolveBindings(template.outputs);
  const nodes = [
    ...template.nodes.flatMap(nodeTree),
    ...(template.failureNode ? [template.failureNode] : []),
  ];
  for (const node of nodes) resolveBindings(node.inputs);
  requireKnownNodes(template, nodes);
  template.nodes.unshift(
    create(NodeSchema, { id: startNodeId }),
    create(NodeSchema, { id: endNodeId, inputs: template.outputs }),
  );
  return create(CompiledWorkflowSchema, { template, connections: connectionsOf(template) });
}

function requireKnownNodes(template: WorkflowTemplate, nodes: readonly Node[]): void {
  const known = new Set([startNodeId, ...nodes.map(({ id }) => id)]);
  const references = [
    ...nodes.flatMap(({ id, inputs, upstreamNodeIds }) =>
      [...upstreamNodeIds, ...boundNodeIds(inputs)].map((to) => ({ id, to })),
    ),
    ...boundNodeIds(template.outputs).map((to) => ({ id: endNodeId, to })),
  ];
  const problems = references
    .filter(({ to }) => !known.has(to))
    .map(
      ({ id, to }, index) =>
        `\tError ${index}: Code: NodeReferenceNotFound, Node Id: ${id}, Description: Referenced node [${to}] not found.\n`,
    );
  if (problems.length > 0) {
    throw invalidArgument(
      `failed to compile workflow with err Collected Errors: ${problems.length}\n${problems.join("")}`,
    );
  }
}

interface Target {
  readonly kind: "task" | "launchPlan" | "subWorkflow";
  readonly id: Identifier;
}

function targetsOf(node: Node): readonly Target[] {
  const { target } = node;
  switch (target.case) {
    case "taskNode":
      return targetOf("task", target.value.reference.value);
    case "workflowNode": {
      const { reference } = target.value;
      return targetOf(
        reference.case === "launchplanRef" ? "launchPlan" : "subWorkflow",
        reference.value,
      );
    }
    case "arrayNode":
      return target.value.node === undefined ? [] : nodeTree(target.value.node).flatMap(targetsOf);
    default:
      return [];
  }
}

function targetOf(kind: Target["kind"], id: Identifier | undefined): readonly Target[] {
  return id === undefined ? [] : [{ kind, id }];
}

function distinct(targets: readonly Target[], kind: Target["kind"]): readonly Identifier[] {
  const ofKind = targets.filter((target) => target.kind === kind);
  const byKey = new Map(
    ofKind.map(({ id }) => [joinKey(id.project, id.domain, id.name, id.version), id] as const),
  );
  return [...byKey.values()];
}

function requireTask(
  state: FlyteState,
  id: Identifier,
): NonNullable<ReturnType<typeof state.tasks.get>> {
  const row = findVersion(state.tasks, id);
  if (row === undefined) throw missingEntity("TASK", lookedUpText(id));
  return row;
}

function requireLaunchPlan(state: FlyteState, id: Identifier): { template: { id: Identifier } } {
  if (findVersion(state.launchPlans, id) === undefined)
    throw missingEntity("LAUNCH_PLAN", lookedUpText(id));
  return { template: { id: clone(IdentifierSchema, id) } };
}

function requireSubWorkflow(
  subWorkflows: readonly WorkflowTemplate[],
  id: Identifier,
): WorkflowTemplate {
  const text = identifierText(id);
  const template = subWorkflows.find((candidate) => identifierText(candidate.id) === text);
  if (template === undefined) {
    throw invalidArgument(
      "failed to compile workflow with err Collected Errors: 1\n" +
        `\tError 0: Code: WorkflowReferenceNotFound, Node Id: , Description: Referenced Workflow [${text}] not found.\n`,
    );
  }
  return clone(WorkflowTemplateSchema, template);
}
