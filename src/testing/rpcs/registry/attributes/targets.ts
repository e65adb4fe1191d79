import {
  MatchableResource,
  MatchableResourceSchema,
  type MatchingAttributes,
} from "../../../../../gen/flyteidl/admin/matchable_resource_pb.js";
import { invalidArgument, missing } from "../../../server-errors.js";
import { enumName } from "../checks/index.js";

type Target = NonNullable<MatchingAttributes["target"]["case"]>;

/** The resource that the server stores each kind of value under; quality of service cannot be written. */
const resources: Readonly<Record<Target, MatchableResource | undefined>> = {
  taskResourceAttributes: MatchableResource.TASK_RESOURCE,
  clusterResourceAttributes: MatchableResource.CLUSTER_RESOURCE,
  executionQueueAttributes: MatchableResource.EXECUTION_QUEUE,
  executionClusterLabel: MatchableResource.EXECUTION_CLUSTER_LABEL,
  qualityOfService: undefined,
  pluginOverrides: MatchableResource.PLUGIN_OVERRIDE,
  workflowExecutionConfig: MatchableResource.WORKFLOW_EXECUTION_CONFIG,
  clusterAssignment: MatchableResource.CLUSTER_ASSIGNMENT,
};

/**
 * The resource that attributes are for.
 * @param scope - the scope as error texts name it
 * @throws INVALID_ARGUMENT when there are none, or of no kind that can be written
 */
export function targetResource(
  attributes: MatchingAttributes | undefined,
  scope: string,
): MatchableResource {
  if (attributes === undefined) throw missing("matching_attributes");
  const { case: target } = attributes.target;
  const resource = target === undefined ? undefined : resources[target];
  if (resource === undefined) {
    throw invalidArgument(`Unrecognized matching attributes type for request ${scope}`);
  }
  return resource;
}

/** Whether a number is one of the resources that the IDL names. */
export function isMatchableResource(resource: MatchableResource): boolean {
  return enumName(MatchableResourceSchema, resource) !== undefined;
}

/** A resource's name as the IDL has it. */
export function matchableResourceName(resource: MatchableResource): string {
  return enumName(MatchableResourceSchema, resource) ?? String(resource);
}
