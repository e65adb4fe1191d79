import type { MessageInitShape } from "@bufbuild/protobuf";

import { ClusterAssignmentSchema } from "../../gen/flyteidl/admin/cluster_assignment_pb.js";
import {
  ClusterResourceAttributesSchema,
  ExecutionClusterLabelSchema,
  ExecutionQueueAttributesSchema,
  MatchableResource,
  type MatchingAttributes,
  type MatchingAttributesSchema,
  PluginOverridesSchema,
  TaskResourceAttributesSchema,
  WorkflowExecutionConfigSchema,
} from "../../gen/flyteidl/admin/matchable_resource_pb.js";
import { QualityOfServiceSchema } from "../../gen/flyteidl/core/execution_pb.js";
import { requireMessage } from "../values/index.js";

type Target = Exclude<MatchingAttributes["target"], { case: undefined }>;
type TargetInit = Extract<
  NonNullable<MessageInitShape<typeof MatchingAttributesSchema>["target"]>,
  { case: string }
>;

/** A kind of matchable attributes: the oneof case that holds its value. */
export type AttributeKind = Target["case"];

/** A kind that can be set. FlyteAdmin lists `qualityOfService` and refuses to store it. */
export type WritableAttributeKind = Exclude<AttributeKind, "qualityOfService">;

/** The value of a kind, as the server returns it. */
export type AttributeValue<K extends AttributeKind> = Extract<Target, { case: K }>["value"];

/** The value of a kind, as a caller writes it. */
export type AttributeInput<K extends AttributeKind> = Extract<TargetInit, { case: K }>["value"];

/** The server's name of a kind, and how its value goes into a message. */
interface KindFacts<K extends AttributeKind> {
  readonly resourceType: MatchableResource;
  /** Checks a value, and puts it into the oneof. */
  readonly target: (value: AttributeInput<K>) => TargetInit;
  /** Takes the value out of the oneof, when it holds this kind. */
  readonly value: (target: MatchingAttributes["target"]) => AttributeValue<K> | undefined;
}

/** The eight kinds. */
export const attributeKinds: { readonly [K in AttributeKind]: KindFacts<K> } = {
  taskResourceAttributes: {
    resourceType: MatchableResource.TASK_RESOURCE,
    target: (value) => ({
      case: "taskResourceAttributes",
      value: requireMessage(TaskResourceAttributesSchema, value, "value"),
    }),
    value: (target) => (target.case === "taskResourceAttributes" ? target.value : undefined),
  },
  clusterResourceAttributes: {
    resourceType: MatchableResource.CLUSTER_RESOURCE,
    target: (value) => ({
      case: "clusterResourceAttributes",
      value: requireMessage(ClusterResourceAttributesSchema, value, "value"),
    }),
    value: (target) => (target.case === "clusterResourceAttributes" ? target.value : undefined),
  },
  executionQueueAttributes: {
    resourceType: MatchableResource.EXECUTION_QUEUE,
    target: (value) => ({
      case: "executionQueueAttributes",
      value: requireMessage(ExecutionQueueAttributesSchema, value, "value"),
    }),
    value: (target) => (target.case === "executionQueueAttributes" ? target.value : undefined),
  },
  executionClusterLabel: {
    resourceType: MatchableResource.EXECUTION_CLUSTER_LABEL,
    target: (value) => ({
      case: "executionClusterLabel",
      value: requireMessage(ExecutionClusterLabelSchema, value, "value"),
    }),
    value: (target) => (target.case === "executionClusterLabel" ? target.value : undefined),
  },
  qualityOfService: {
    resourceType: MatchableResource.QUALITY_OF_SERVICE_SPECIFICATION,
    target: (value) => ({
      case: "qualityOfService",
      value: requireMessage(QualityOfServiceSchema, value, "value"),
    }),
    value: (target) => (target.case === "qualityOfService" ? target.value : undefined),
  },
  pluginOverrides: {
    resourceType: MatchableResource.PLUGIN_OVERRIDE,
    target: (value) => ({
      case: "pluginOverrides",
      value: requireMessage(PluginOverridesSchema, value, "value"),
    }),
    value: (target) => (target.case === "pluginOverrides" ? target.value : undefined),
  },
  workflowExecutionConfig: {
    resourceType: MatchableResource.WORKFLOW_EXECUTION_CONFIG,
    target: (value) => ({
      case: "workflowExecutionConfig",
      value: requireMessage(WorkflowExecutionConfigSchema, value, "value"),
    }),
    value: (target) => (target.case === "workflowExecutionConfig" ? target.value : undefined),
  },
  clusterAssignment: {
    resourceType: MatchableResource.CLUSTER_ASSIGNMENT,
    target: (value) => ({
      case: "clusterAssignment",
      value: requireMessage(ClusterAssignmentSchema, value, "value"),
    }),
    value: (target) => (target.case === "clusterAssignment" ? target.value : undefined),
  },
};
