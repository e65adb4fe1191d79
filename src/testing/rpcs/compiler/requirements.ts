import { Code } from "@connectrpc/connect";

import type { Identifier } from "../../../../gen/flyteidl/core/identifier_pb.js";
import type { Node, WorkflowTemplate } from "../../../../gen/flyteidl/core/workflow_pb.js";
import { identifierText } from "../../go-format/index.js";
import { adminError } from "../../server-errors.js";
import { type CompileErrors, workflowNotFound } from "./errors/index.js";
import { branchNodes } from "./nodes/index.js";

/** The tasks and launch plans that a workflow needs, in the order that the server loads them in. */
export interface Requirements {
  readonly tasks: readonly Identifier[];
  readonly launchPlans: readonly Identifier[];
}

/** The templates of sub-workflows by the text of their identifiers. */
export type SubWorkflowTemplates = ReadonlyMap<string, WorkflowTemplate>;

/**
 * Collects what the nodes of a workflow and of its sub-workflows refer to, and
 * reports sub-workflows that are not there.
 * @throws UNAVAILABLE when a sub-workflow contains itself, on which the server crashes
 */
export function collectRequirements(
  template: WorkflowTemplate,
  subWorkflows: SubWorkflowTemplates,
  errors: CompileErrors,
): Requirements {
  const tasks = new Map<string, Identifier>();
  const launchPlans = new Map<string, Identifier>();

  const visitTemplate = (visited: WorkflowTemplate, inside: readonly WorkflowTemplate[]): void => {
    if (inside.includes(visited)) throw containsItself(visited);
    const { nodes, failureNode } = visited;
    for (const node of failureNode === undefined ? nodes : [...nodes, failureNode]) {
      visitNode(node, [...inside, visited]);
    }
  };

  const visitNode = (node: Node, inside: readonly WorkflowTemplate[]): void => {
    const { target } = node;
    switch (target.case) {
      case "taskNode": {
        const id = target.value.reference.value;
        if (id !== undefined) tasks.set(identifierText(id), id);
        return;
      }
      case "workflowNode": {
        const { reference } = target.value;
        if (reference.case === "launchplanRef") {
          launchPlans.set(identifierText(reference.value), reference.value);
        } else if (reference.case === "subWorkflowRef") {
          const text = identifierText(reference.value);
          const subWorkflow = subWorkflows.get(text);
          if (subWorkflow === undefined) errors.collect(workflowNotFound(node.id, text));
          else visitTemplate(subWorkflow, inside);
        }
        return;
      }
      case "branchNode":
        for (const inner of branchNodes(target.value)) visitNode(inner, inside);
        return;
      case "arrayNode":
        if (target.value.node !== undefined) visitNode(target.value.node, inside);
        return;
    }
  };

  visitTemplate(template, []);
  return { tasks: sorted(tasks), launchPlans: sorted(launchPlans) };
}

function containsItself({ id }: WorkflowTemplate): Error {
  return adminError(
    Code.Unavailable,
    `sub-workflow [${identifierText(id)}] contains itself: FlyteAdmin runs out of stack on it and ends`,
  );
}

function sorted(ids: ReadonlyMap<string, Identifier>): readonly Identifier[] {
  return [...ids.values()].sort(
    (a, b) =>
      a.resourceType - b.resourceType ||
      compare(a.project, b.project) ||
      compare(a.domain, b.domain) ||
      compare(a.name, b.name) ||
      compare(a.version, b.version),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
