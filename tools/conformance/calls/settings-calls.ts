import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { NamedEntityState } from "flyte-admin-client/gen/flyteidl/admin/common_pb";
import { LaunchPlanState } from "flyte-admin-client/gen/flyteidl/admin/launch_plan_pb";
import {
  MatchableResource,
  type MatchingAttributes,
  MatchingAttributesSchema,
} from "flyte-admin-client/gen/flyteidl/admin/matchable_resource_pb";
import { ResourceType } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";

import type { SeededRandom } from "../random.js";
import { call, type PlannedCall } from "./planned-call.js";
import { type Scope, versionId } from "./world.js";

const { method } = AdminService;

type AttributesTarget = NonNullable<
  Exclude<MessageInitShape<typeof MatchingAttributesSchema>, MatchingAttributes>["target"]
>;

const resources = [
  MatchableResource.TASK_RESOURCE,
  MatchableResource.CLUSTER_RESOURCE,
  MatchableResource.EXECUTION_QUEUE,
  MatchableResource.EXECUTION_CLUSTER_LABEL,
  MatchableResource.QUALITY_OF_SERVICE_SPECIFICATION,
  MatchableResource.PLUGIN_OVERRIDE,
  MatchableResource.WORKFLOW_EXECUTION_CONFIG,
  MatchableResource.CLUSTER_ASSIGNMENT,
] as const;

/** A random change of what executions, names and launch plans are set to, or a read of it. */
export function randomSetting(random: SeededRandom, scope: Scope): PlannedCall {
  switch (random.below(4)) {
    case 0:
      return randomAttributes(random, scope);
    case 1:
      return randomAttributeRead(random, scope);
    case 2:
      return call(method.updateNamedEntity, {
        resourceType: random.pick([ResourceType.TASK, ResourceType.WORKFLOW]),
        id: { ...scope, name: random.pick(["add", "chain", "nope"]) },
        metadata: {
          description: random.pick(["", "described"]),
          state: random.pick([
            NamedEntityState.NAMED_ENTITY_ACTIVE,
            NamedEntityState.NAMED_ENTITY_ARCHIVED,
          ]),
        },
      });
    default:
      return call(method.updateLaunchPlan, {
        id: versionId(
          ResourceType.LAUNCH_PLAN,
          scope,
          random.pick(["plan", "chain", "nope"]),
          random.pick(["v1", "v2"]),
        ),
        state: random.pick([LaunchPlanState.ACTIVE, LaunchPlanState.INACTIVE]),
      });
  }
}

function randomAttributes(random: SeededRandom, { project, domain }: Scope): PlannedCall {
  const matchingAttributes = create(MatchingAttributesSchema, {
    target: random.pick<AttributesTarget>([
      { case: "executionQueueAttributes" as const, value: { tags: [random.pick(["a", "b"])] } },
      { case: "clusterResourceAttributes" as const, value: { attributes: { a: "b" } } },
      { case: "taskResourceAttributes" as const, value: { limits: { cpu: "2" } } },
      { case: "workflowExecutionConfig" as const, value: { maxParallelism: 7 } },
      { case: "pluginOverrides" as const, value: { overrides: [{ taskType: "python" }] } },
      { case: "qualityOfService" as const, value: {} },
      { case: undefined },
    ]),
  });
  const workflow = random.pick(["chain", "other", ""]);
  switch (random.below(3)) {
    case 0:
      return call(method.updateProjectAttributes, { attributes: { project, matchingAttributes } });
    case 1:
      return call(method.updateProjectDomainAttributes, {
        attributes: { project, domain, matchingAttributes },
      });
    default:
      return call(method.updateWorkflowAttributes, {
        attributes: { project, domain, workflow, matchingAttributes },
      });
  }
}

function randomAttributeRead(random: SeededRandom, { project, domain }: Scope): PlannedCall {
  const resourceType = random.pick(resources);
  const workflow = random.pick(["chain", "other"]);
  switch (random.below(5)) {
    case 0:
      return call(method.getProjectAttributes, { project, resourceType });
    case 1:
      return call(method.getProjectDomainAttributes, { project, domain, resourceType });
    case 2:
      return call(method.getWorkflowAttributes, { project, domain, workflow, resourceType });
    case 3:
      return call(method.deleteWorkflowAttributes, { project, domain, workflow, resourceType });
    default:
      return call(method.listMatchableAttributes, { resourceType });
  }
}
