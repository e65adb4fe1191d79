import type { NamedEntityIdentifier } from "../../../gen/flyteidl/admin/common_pb.js";
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

/** Names a workflow execution: the shape of `WorkflowExecutionIdentifier`, or that message. */
export type ExecutionIdInput =
  WorkflowExecutionIdentifier | (ScopeInput & { readonly name: string });

/** Names a node execution: the shape of `NodeExecutionIdentifier`, or that message. */
export type NodeExecutionIdInput =
  | NodeExecutionIdentifier
  | { readonly executionId: ExecutionIdInput | undefined; readonly nodeId: string };

/** Names one attempt of a task: the shape of `TaskExecutionIdentifier`, or that message. */
export type TaskExecutionIdInput =
  | TaskExecutionIdentifier
  | {
      readonly nodeExecutionId: NodeExecutionIdInput | undefined;
      readonly taskId: ResourceIdInput | undefined;
      /** Counts from 0. */
      readonly retryAttempt: number;
    };

/** Names a signal: the shape of `SignalIdentifier`, or that message. */
export type SignalIdInput =
  | SignalIdentifier
  | { readonly executionId: ExecutionIdInput | undefined; readonly signalId: string };

/** Names one version of a task, workflow or launch plan: the shape of `Identifier`, or that message. */
export type ResourceIdInput =
  | Identifier
  | (ScopeInput & {
      readonly name: string;
      readonly version: string;
      /** Filled in by the call; another type than the call's is refused. */
      readonly resourceType?: ResourceType | undefined;
    });

/** Names all versions of a task, workflow or launch plan: the shape of `NamedEntityIdentifier`, or that message. */
export type NamedEntityIdInput = NamedEntityIdentifier | (ScopeInput & { readonly name: string });

/** The types of resource that have versions and identifiers of their own. */
export type VersionedResourceType =
  ResourceType.TASK | ResourceType.WORKFLOW | ResourceType.LAUNCH_PLAN;
