import {
  type DescMessage,
  isMessage,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";

import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
} from "../../gen/flyteidl/core/identifier_pb.js";
import { copyMessage } from "../internal/index.js";
import { requireMessage } from "../values/index.js";

/**
 * Returns a copy of a spec whose identifiers are complete: those inside have the resource type of
 * their place, and the project, domain and version of what is registered where they leave them out.
 *
 * @throws InvalidOptionError for an unknown name or a wrong value, at any depth
 */
export function completeSpec<Desc extends DescMessage>(
  schema: Desc,
  spec: MessageInitShape<Desc>,
  option: string,
  id: Identifier,
): MessageShape<Desc> {
  const copy = copyMessage(schema, requireMessage(schema, spec, `${option}.spec`));
  completeIds(copy, copy.$typeName, "", id);
  return copy;
}

/** The type of the resource that an identifier names, by its place. */
const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "flyteidl.core.TaskTemplate.id": ResourceType.TASK,
  "flyteidl.core.WorkflowTemplate.id": ResourceType.WORKFLOW,
  "flyteidl.core.TaskNode.referenceId": ResourceType.TASK,
  "flyteidl.core.WorkflowNode.launchplanRef": ResourceType.LAUNCH_PLAN,
  "flyteidl.core.WorkflowNode.subWorkflowRef": ResourceType.WORKFLOW,
  "flyteidl.admin.LaunchPlanSpec.workflowId": ResourceType.WORKFLOW,
};

function completeIds(value: unknown, parent: string, field: string, id: Identifier): void {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  if (isMessage(value, IdentifierSchema)) {
    const resourceType = resourceTypes[`${parent}.${field}`];
    if (resourceType === undefined) return;
    if (value.resourceType === ResourceType.UNSPECIFIED) value.resourceType = resourceType;
    value.project ||= id.project;
    value.domain ||= id.domain;
    value.version ||= id.version;
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) completeIds(item, parent, field, id);
    return;
  }
  if ("case" in value && "value" in value && !isMessage(value)) {
    // A oneof: its case is the name of the field.
    if (typeof value.case === "string") completeIds(value.value, parent, value.case, id);
    return;
  }
  const type = isMessage(value) ? value.$typeName : parent;
  for (const [name, member] of Object.entries(value)) completeIds(member, type, name, id);
}
