import type { NamedEntityState } from "../../../gen/flyteidl/admin/common_pb.js";
import type { LaunchPlanState } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Project_ProjectState } from "../../../gen/flyteidl/admin/project_pb.js";
import type { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { BaseRow } from "./table.js";

/** A row of `projects`. */
export interface ProjectRow extends BaseRow {
  readonly identifier: string;
  name: string;
  description: string;
  /** A serialized `flyteidl.admin.Labels`; none when none were given. */
  labels: Uint8Array | undefined;
  state: Project_ProjectState;
}

/** The common fields of versions of tasks, workflows and launch plans. */
export interface VersionedRow extends BaseRow {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  readonly version: string;
}

/** A row of `tasks`. */
export interface TaskRow extends VersionedRow {
  /** A serialized `flyteidl.admin.TaskClosure`, without `created_at`. */
  readonly closure: Uint8Array;
  readonly type: string;
  readonly shortDescription: string;
}

/** A row of `workflows`. */
export interface WorkflowRow extends VersionedRow {
  /** A serialized `flyteidl.core.TypedInterface`. */
  readonly typedInterface: Uint8Array;
  /** The object that holds the compiled closure. */
  readonly remoteClosureIdentifier: string;
  readonly shortDescription: string;
}

/** A row of `launch_plans`. */
export interface LaunchPlanRow extends VersionedRow {
  /** A serialized `flyteidl.admin.LaunchPlanSpec`. */
  readonly spec: Uint8Array;
  /** A serialized `flyteidl.admin.LaunchPlanClosure`, without state and times. */
  readonly closure: Uint8Array;
  readonly workflow: WorkflowRow;
  state: LaunchPlanState;
  readonly scheduleType: "NONE" | "CRON" | "RATE";
  readonly launchConditionType: "SCHED" | null;
}

/** A row of `named_entity_metadata`. */
export interface NamedEntityRow extends BaseRow {
  readonly resourceType: ResourceType;
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  description: string;
  state: NamedEntityState;
}

/** A row of `description_entities`. */
export interface DescriptionRow extends VersionedRow {
  readonly resourceType: ResourceType;
  readonly shortDescription: string;
  /** A serialized `flyteidl.admin.Description`. */
  readonly longDescription: Uint8Array;
  /** The link of the source code. */
  readonly link: string;
}

/** A row of `resources`: matchable attributes of one scope. */
export interface ResourceRow extends BaseRow {
  readonly project: string;
  readonly domain: string;
  readonly workflow: string;
  readonly launchPlan: string;
  /** A name of `flyteidl.admin.MatchableResource`. */
  readonly resourceType: string;
  /** The narrower the scope, the higher. */
  readonly priority: number;
  /** A serialized `flyteidl.admin.MatchingAttributes`. */
  attributes: Uint8Array;
}

/** A row of `signals`. */
export interface SignalRow extends BaseRow {
  readonly executionProject: string;
  readonly executionDomain: string;
  readonly executionName: string;
  readonly signalId: string;
  /** A serialized `flyteidl.core.LiteralType`. */
  readonly type: Uint8Array;
  /** A serialized `flyteidl.core.Literal`; empty until the signal is set. */
  value: Uint8Array;
}
