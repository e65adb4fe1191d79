import { create, type MessageInitShape } from "@bufbuild/protobuf";

import { LaunchPlanSpecSchema } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";

type IdParts = Pick<Identifier, "resourceType" | "project" | "domain" | "name" | "version">;

const versionId =
  (resourceType: ResourceType) =>
  (name: string, version = "v1"): IdParts => ({
    resourceType,
    project: "flytesnacks",
    domain: "development",
    name,
    version,
  });

export const taskId = versionId(ResourceType.TASK);
export const workflowId = versionId(ResourceType.WORKFLOW);
export const launchPlanId = versionId(ResourceType.LAUNCH_PLAN);

/** A variable of a simple type. */
export function variable(simple: SimpleType) {
  return { type: { type: { case: "simple", value: simple } } } as const;
}

/** A literal text. */
export function textLiteral(value: string) {
  return {
    value: {
      case: "scalar",
      value: { value: { case: "primitive", value: { value: { case: "stringValue", value } } } },
    },
  } as const;
}

/** A task with one container; `template` replaces parts of what it is. */
export function taskRequest(name: string, version = "v1", image = "img:v1") {
  return {
    id: taskId(name, version),
    spec: {
      template: {
        type: "python-task",
        metadata: { runtime: { version: "1" } },
        interface: {},
        target: { case: "container" as const, value: { image, args: ["run"] } },
      },
    },
  };
}

/** A workflow of one node that runs a task. */
export function workflowRequest(
  name: string,
  taskName: string,
  version = "v1",
  inputs: Readonly<Record<string, ReturnType<typeof variable>>> = {
    s: variable(SimpleType.STRING),
  },
) {
  const reference = { case: "referenceId" as const, value: taskId(taskName) };
  return {
    id: workflowId(name, version),
    spec: {
      template: {
        interface: { inputs: { variables: inputs } },
        nodes: [{ id: "n0", target: { case: "taskNode" as const, value: { reference } } }],
      },
    },
  };
}

/** The parts of a launch plan besides its workflow. */
export type LaunchPlanParts = Omit<
  MessageInitShape<typeof LaunchPlanSpecSchema>,
  "$typeName" | "$unknown" | "workflowId"
>;

/** A launch plan of version v1 of a workflow. */
export function launchPlanRequest(
  name: string,
  workflowName: string,
  version = "v1",
  spec: LaunchPlanParts = {},
) {
  const withWorkflow = create(LaunchPlanSpecSchema, spec);
  withWorkflow.workflowId = create(IdentifierSchema, workflowId(workflowName));
  return { id: launchPlanId(name, version), spec: withWorkflow };
}
