import type { NamedEntity, NamedEntityIdentifier } from "../../../gen/flyteidl/admin/common_pb.js";
import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlan } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { Signal } from "../../../gen/flyteidl/admin/signal_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { Task } from "../../../gen/flyteidl/admin/task_pb.js";
import type { Workflow } from "../../../gen/flyteidl/admin/workflow_pb.js";
import type {
  Identifier,
  NodeExecutionIdentifier,
  ResourceType,
  SignalIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";

import type { OptionNames } from "../../internal/validation/index.js";

/** The project and domain to use where an identifier leaves them out. */
export interface IdDefaults {
  /** The project. May be left out where the client has a default. */
  readonly project?: string | undefined;
  /** The domain, such as `development`. May be left out where the client has a default. */
  readonly domain?: string | undefined;
}

/** A project and a domain, each of which may be left to the client's defaults. */
export interface ScopeInput {
  /** The project. May be left out where the client has a default. */
  readonly project?: string | undefined;
  /** The domain, such as `development`. May be left out where the client has a default. */
  readonly domain?: string | undefined;
  /** FlyteAdmin 1.x ignores it on look-ups. */
  readonly org?: string | undefined;
}

/** The names of a {@link ScopeInput}. */
export const scopeNames: OptionNames<ScopeInput> = { project: true, domain: true, org: true };

/** A project and a domain, both known. */
export interface Scope {
  /** The project. May be left out where the client has a default. */
  readonly project: string;
  /** The domain, such as `development`. May be left out where the client has a default. */
  readonly domain: string;
  readonly org: string;
}

/** A row that names what it is about. */
export type RowWithId =
  Execution | NodeExecution | TaskExecution | Signal | Task | Workflow | LaunchPlan | NamedEntity;

/**
 * Names a workflow execution: an object, the message, the row itself, or `project/domain/name`. In
 * all slash forms, project and domain may be left out where the client has defaults.
 */
export type ExecutionIdInput =
  string | WorkflowExecutionIdentifier | Execution | (ScopeInput & { readonly name: string });

/** Names a node execution: an object, the message, the row itself, or `project/domain/execution/node`. */
export type NodeExecutionIdInput =
  | string
  | NodeExecutionIdentifier
  | NodeExecution
  | { readonly executionId: ExecutionIdInput; readonly nodeId: string };

/**
 * Names one attempt of a task: an object, the message, the row itself, or
 * `project/domain/execution/node/taskProject/taskDomain/taskName/taskVersion/attempt`.
 */
export type TaskExecutionIdInput =
  | string
  | TaskExecutionIdentifier
  | TaskExecution
  | {
      readonly nodeExecutionId: NodeExecutionIdInput;
      readonly taskId: ResourceIdInput;
      /** Counts from 0. */
      readonly retryAttempt: number;
    };

/** Names a signal: an object, the message, the row itself, or `project/domain/execution/signal`. */
export type SignalIdInput =
  | string
  | SignalIdentifier
  | Signal
  | { readonly executionId: ExecutionIdInput; readonly signalId: string };

/**
 * Names one version of a task, workflow or launch plan: an object, the message, the row itself, or
 * `project/domain/name/version`.
 */
export type ResourceIdInput =
  | string
  | Identifier
  | Task
  | Workflow
  | LaunchPlan
  | (ScopeInput & {
      readonly name: string;
      readonly version: string;
      /** Filled in by the call; another type than the call's is refused. */
      readonly resourceType?: ResourceType | undefined;
    });

/**
 * Names all versions of a task, workflow or launch plan: an object, the message, a row, or
 * `project/domain/name`. The version of an object or row is ignored.
 */
export type NamedEntityIdInput =
  | string
  | NamedEntityIdentifier
  | NamedEntity
  | Task
  | Workflow
  | LaunchPlan
  | (ScopeInput & { readonly name: string });

/** The types of resource that have versions and identifiers of their own. */
export type VersionedResourceType =
  ResourceType.TASK | ResourceType.WORKFLOW | ResourceType.LAUNCH_PLAN;
