import { isMessage, type MessageInitShape } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { ClusterAssignmentSchema } from "../../gen/flyteidl/admin/cluster_assignment_pb.js";
import {
  ClusterResourceAttributesSchema,
  ExecutionClusterLabelSchema,
  ExecutionQueueAttributesSchema,
  MatchableResource,
  type MatchingAttributes,
  MatchingAttributesSchema,
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
  /** Checks a value, and puts it into a message. */
  readonly write: (value: AttributeInput<K>) => MatchingAttributes;
  /** Takes the value out of a message that holds this kind. */
  readonly read: (attributes: MatchingAttributes) => AttributeValue<K> | undefined;
}

/** The eight kinds. */
export const attributeKinds: { readonly [K in AttributeKind]: KindFacts<K> } = {
  taskResourceAttributes: kind(
    "taskResourceAttributes",
    MatchableResource.TASK_RESOURCE,
    TaskResourceAttributesSchema,
  ),
  clusterResourceAttributes: kind(
    "clusterResourceAttributes",
    MatchableResource.CLUSTER_RESOURCE,
    ClusterResourceAttributesSchema,
  ),
  executionQueueAttributes: kind(
    "executionQueueAttributes",
    MatchableResource.EXECUTION_QUEUE,
    ExecutionQueueAttributesSchema,
  ),
  executionClusterLabel: kind(
    "executionClusterLabel",
    MatchableResource.EXECUTION_CLUSTER_LABEL,
    ExecutionClusterLabelSchema,
  ),
  qualityOfService: kind(
    "qualityOfService",
    MatchableResource.QUALITY_OF_SERVICE_SPECIFICATION,
    QualityOfServiceSchema,
  ),
  pluginOverrides: kind(
    "pluginOverrides",
    MatchableResource.PLUGIN_OVERRIDE,
    PluginOverridesSchema,
  ),
  workflowExecutionConfig: kind(
    "workflowExecutionConfig",
    MatchableResource.WORKFLOW_EXECUTION_CONFIG,
    WorkflowExecutionConfigSchema,
  ),
  clusterAssignment: kind(
    "clusterAssignment",
    MatchableResource.CLUSTER_ASSIGNMENT,
    ClusterAssignmentSchema,
  ),
};

/** Returns the facts of one kind; the schema is that of its case. */
function kind<K extends AttributeKind>(
  name: K,
  resourceType: MatchableResource,
  schema: GenMessage<AttributeValue<K>>,
): KindFacts<K> {
  return {
    resourceType,
    write: (input) => {
      const value = requireMessage(schema, input, "value");
      return requireMessage(MatchingAttributesSchema, { target: { case: name, value } }, "value");
    },
    read: ({ target }) => {
      const value: unknown = target.value;
      return isMessage(value, schema) ? value : undefined;
    },
  };
}
