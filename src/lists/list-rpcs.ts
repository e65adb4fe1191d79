import type { Message, MessageShape } from "@bufbuild/protobuf";

import {
  type NamedEntity,
  type NamedEntityIdentifier,
  NamedEntityIdentifierSchema,
  NamedEntitySchema,
} from "../../gen/flyteidl/admin/common_pb.js";
import {
  type DescriptionEntity,
  DescriptionEntitySchema,
} from "../../gen/flyteidl/admin/description_entity_pb.js";
import { type Execution, ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import { type LaunchPlan, LaunchPlanSchema } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  type NodeExecution,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import { type Project, ProjectSchema } from "../../gen/flyteidl/admin/project_pb.js";
import { type Signal, SignalSchema } from "../../gen/flyteidl/admin/signal_pb.js";
import {
  type TaskExecution,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import { type Task, TaskSchema } from "../../gen/flyteidl/admin/task_pb.js";
import { type Workflow, WorkflowSchema } from "../../gen/flyteidl/admin/workflow_pb.js";
import type {
  NodeExecutionIdentifier,
  ResourceType,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../gen/flyteidl/core/identifier_pb.js";
import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import {
  getExecutionMethod,
  getNodeExecutionMethod,
  listActiveLaunchPlansMethod,
  listDescriptionEntitiesMethod,
  listExecutionsMethod,
  listLaunchPlanIdsMethod,
  listLaunchPlansMethod,
  listNamedEntitiesMethod,
  listNodeExecutionsMethod,
  listNodeExecutionsForTaskMethod,
  listProjectsMethod,
  listSignalsMethod,
  listTaskExecutionsMethod,
  listTaskIdsMethod,
  listTasksMethod,
  listWorkflowIdsMethod,
  listWorkflowsMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { callUnary } from "../calls/index.js";
import type { Scope } from "../values/identifiers/index.js";
import {
  descriptionEntityFilters,
  executionFilters,
  launchPlanFilters,
  namedEntityFilters,
  namedEntityIdentifierFilters,
  nodeExecutionFilters,
  projectFilters,
  signalFilters,
  taskFilters,
  taskExecutionFilters,
  workflowFilters,
  type FilterEntity,
} from "./filters/index.js";
import {
  createAttemptKey,
  type ListRpc,
  nameKey,
  nodeKey,
  requireScopeExists,
  versionKey,
} from "./list-rpc.js";

type Methods = (typeof AdminService)["method"] & (typeof SignalService)["method"];

/** The RPCs that answer in pages. A new one in the IDL does not compile until the table has it. */
export type ListRpcName = {
  [Name in keyof Methods]: MessageShape<Methods[Name]["input"]> extends {
    readonly limit: number;
    readonly token: string;
  }
    ? Name
    : never;
}[keyof Methods];

/** The scope of a list of versions: a project and domain, or one name in it. */
export interface VersionScope {
  readonly id: Scope & { readonly name?: string };
}

interface Listed {
  /** The part of the request that selects the rows before any filter. */
  readonly scope: unknown;
  readonly entity: FilterEntity;
  readonly row: Message;
}

/** The scope, the entity and the row of each list RPC. */
interface ListedByRpc extends Record<ListRpcName, Listed> {
  listProjects: { scope: undefined; entity: "project"; row: Project };
  listExecutions: {
    scope: { readonly id: Scope & { readonly name?: string } };
    entity: "execution";
    row: Execution;
  };
  listNodeExecutions: {
    scope: {
      readonly workflowExecutionId?: WorkflowExecutionIdentifier;
      readonly uniqueParentId?: string;
    };
    entity: "nodeExecution";
    row: NodeExecution;
  };
  listNodeExecutionsForTask: {
    scope: { readonly taskExecutionId: TaskExecutionIdentifier };
    entity: "nodeExecution";
    row: NodeExecution;
  };
  listTaskExecutions: {
    scope: { readonly nodeExecutionId: NodeExecutionIdentifier };
    entity: "taskExecution";
    row: TaskExecution;
  };
  listSignals: {
    scope: { readonly workflowExecutionId: WorkflowExecutionIdentifier };
    entity: "signal";
    row: Signal;
  };
  listTasks: { scope: VersionScope; entity: "task"; row: Task };
  listWorkflows: { scope: VersionScope; entity: "workflow"; row: Workflow };
  listLaunchPlans: { scope: VersionScope; entity: "launchPlan"; row: LaunchPlan };
  listActiveLaunchPlans: { scope: Scope; entity: "launchPlan"; row: LaunchPlan };
  listTaskIds: { scope: Scope; entity: "namedEntityIdentifier"; row: NamedEntityIdentifier };
  listWorkflowIds: { scope: Scope; entity: "namedEntityIdentifier"; row: NamedEntityIdentifier };
  listLaunchPlanIds: { scope: Scope; entity: "namedEntityIdentifier"; row: NamedEntityIdentifier };
  listNamedEntities: {
    scope: Scope & { readonly resourceType: ResourceType };
    entity: "namedEntity";
    row: NamedEntity;
  };
  listDescriptionEntities: {
    scope: {
      readonly resourceType: ResourceType;
      readonly id: Scope & { readonly name: string };
    };
    entity: "descriptionEntity";
    row: DescriptionEntity;
  };
}

/** The entry of one list RPC. */
export type ListRpcOf<Name extends ListRpcName> = ListRpc<
  ListedByRpc[Name]["scope"],
  Methods[Name]["input"],
  Methods[Name]["output"],
  ListedByRpc[Name]["entity"],
  ListedByRpc[Name]["row"]
>;

/** Lists projects. */
export const listProjectsRpc: ListRpcOf<"listProjects"> = {
  method: listProjectsMethod,
  filters: projectFilters,
  rowSchema: ProjectSchema,
  toRequest: (_, page) => page,
  toPage: ({ projects, token }) => ({ items: projects, token }),
  createRowKey:
    () =>
    ({ id }) =>
      id,
};

/** Lists executions. */
export const listExecutionsRpc: ListRpcOf<"listExecutions"> = {
  method: listExecutionsMethod,
  filters: executionFilters,
  rowSchema: ExecutionSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ executions, token }) => ({ items: executions, token }),
  createRowKey: () => nameKey,
  requireOwner: (connection, { id }, options) => requireScopeExists(connection, id, options),
};

/** Lists the nodes at the top of an execution, or inside a node. */
export const listNodeExecutionsRpc: ListRpcOf<"listNodeExecutions"> = {
  method: listNodeExecutionsMethod,
  filters: nodeExecutionFilters,
  rowSchema: NodeExecutionSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ nodeExecutions, token }) => ({ items: nodeExecutions, token }),
  createRowKey: () => nodeKey,
  requireOwner: (connection, { workflowExecutionId: id }, options) =>
    callUnary(connection, getExecutionMethod, { ...(id && { id }) }, options),
};

/** Lists the nodes that an attempt made. */
export const listNodeExecutionsForTaskRpc: ListRpcOf<"listNodeExecutionsForTask"> = {
  method: listNodeExecutionsForTaskMethod,
  filters: nodeExecutionFilters,
  rowSchema: NodeExecutionSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ nodeExecutions, token }) => ({ items: nodeExecutions, token }),
  createRowKey: () => nodeKey,
};

/** Lists the attempts of a node. */
export const listTaskExecutionsRpc: ListRpcOf<"listTaskExecutions"> = {
  method: listTaskExecutionsMethod,
  filters: taskExecutionFilters,
  rowSchema: TaskExecutionSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ taskExecutions, token }) => ({ items: taskExecutions, token }),
  createRowKey: createAttemptKey,
  requireOwner: (connection, { nodeExecutionId: id }, options) =>
    callUnary(connection, getNodeExecutionMethod, { id }, options),
};

/** Lists the signals of an execution. */
export const listSignalsRpc: ListRpcOf<"listSignals"> = {
  method: listSignalsMethod,
  filters: signalFilters,
  rowSchema: SignalSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ signals, token }) => ({ items: signals, token }),
  createRowKey:
    () =>
    ({ id }) =>
      id?.signalId ?? "",
};

/** Lists versions of tasks. */
export const listTasksRpc: ListRpcOf<"listTasks"> = {
  method: listTasksMethod,
  filters: taskFilters,
  rowSchema: TaskSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ tasks, token }) => ({ items: tasks, token }),
  createRowKey: () => versionKey,
};

/** Lists versions of workflows. */
export const listWorkflowsRpc: ListRpcOf<"listWorkflows"> = {
  method: listWorkflowsMethod,
  filters: workflowFilters,
  rowSchema: WorkflowSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ workflows, token }) => ({ items: workflows, token }),
  createRowKey: () => versionKey,
};

/** Lists versions of launch plans. */
export const listLaunchPlansRpc: ListRpcOf<"listLaunchPlans"> = {
  method: listLaunchPlansMethod,
  filters: launchPlanFilters,
  rowSchema: LaunchPlanSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ launchPlans, token }) => ({ items: launchPlans, token }),
  createRowKey: () => versionKey,
};

/** Lists the active versions of launch plans, which take no filter. */
export const listActiveLaunchPlansRpc: ListRpcOf<"listActiveLaunchPlans"> = {
  method: listActiveLaunchPlansMethod,
  filters: launchPlanFilters,
  rowSchema: LaunchPlanSchema,
  toRequest: (scope, { limit, token, sortBy }) => ({ ...scope, limit, token, sortBy }),
  toPage: ({ launchPlans, token }) => ({ items: launchPlans, token }),
  createRowKey: () => versionKey,
};

/** Lists the names of tasks. */
export const listTaskIdsRpc: ListRpcOf<"listTaskIds"> = {
  method: listTaskIdsMethod,
  filters: namedEntityIdentifierFilters,
  rowSchema: NamedEntityIdentifierSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ entities, token }) => ({ items: entities, token }),
  createRowKey:
    () =>
    ({ name }) =>
      name,
};

/** Lists the names of workflows. */
export const listWorkflowIdsRpc: ListRpcOf<"listWorkflowIds"> = {
  method: listWorkflowIdsMethod,
  filters: namedEntityIdentifierFilters,
  rowSchema: NamedEntityIdentifierSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ entities, token }) => ({ items: entities, token }),
  createRowKey:
    () =>
    ({ name }) =>
      name,
};

/** Lists the names of launch plans. */
export const listLaunchPlanIdsRpc: ListRpcOf<"listLaunchPlanIds"> = {
  method: listLaunchPlanIdsMethod,
  filters: namedEntityIdentifierFilters,
  rowSchema: NamedEntityIdentifierSchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ entities, token }) => ({ items: entities, token }),
  createRowKey:
    () =>
    ({ name }) =>
      name,
};

/** Lists named entities. */
export const listNamedEntitiesRpc: ListRpcOf<"listNamedEntities"> = {
  method: listNamedEntitiesMethod,
  filters: namedEntityFilters,
  rowSchema: NamedEntitySchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ entities, token }) => ({ items: entities, token }),
  createRowKey: () => nameKey,
};

/** Lists descriptions. */
export const listDescriptionEntitiesRpc: ListRpcOf<"listDescriptionEntities"> = {
  method: listDescriptionEntitiesMethod,
  filters: descriptionEntityFilters,
  rowSchema: DescriptionEntitySchema,
  toRequest: (scope, page) => ({ ...scope, ...page }),
  toPage: ({ descriptionEntities, token }) => ({ items: descriptionEntities, token }),
  createRowKey: () => versionKey,
};

/**
 * All list RPCs. Features import the entry that they need, so that a page is bundled with no others.
 */
export const listRpcs: { readonly [Name in ListRpcName]: ListRpcOf<Name> } = {
  listProjects: listProjectsRpc,
  listExecutions: listExecutionsRpc,
  listNodeExecutions: listNodeExecutionsRpc,
  listNodeExecutionsForTask: listNodeExecutionsForTaskRpc,
  listTaskExecutions: listTaskExecutionsRpc,
  listSignals: listSignalsRpc,
  listTasks: listTasksRpc,
  listWorkflows: listWorkflowsRpc,
  listLaunchPlans: listLaunchPlansRpc,
  listActiveLaunchPlans: listActiveLaunchPlansRpc,
  listTaskIds: listTaskIdsRpc,
  listWorkflowIds: listWorkflowIdsRpc,
  listLaunchPlanIds: listLaunchPlanIdsRpc,
  listNamedEntities: listNamedEntitiesRpc,
  listDescriptionEntities: listDescriptionEntitiesRpc,
};
