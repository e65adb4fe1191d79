import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import type { VersionedResourceType } from "../values/identifiers/index.js";

/** A kind of thing that has a name, versions and a description. */
export type ResourceKind = "task" | "workflow" | "launchPlan";

/** The enum value of each kind. */
export const resourceTypes: Readonly<Record<ResourceKind, VersionedResourceType>> = {
  task: ResourceType.TASK,
  workflow: ResourceType.WORKFLOW,
  launchPlan: ResourceType.LAUNCH_PLAN,
};
