import { NamedEntityState } from "flyte-admin-client/gen/flyteidl/admin/common_pb";
import { ExecutionState } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { LaunchPlanState } from "flyte-admin-client/gen/flyteidl/admin/launch_plan_pb";
import { MatchableResource } from "flyte-admin-client/gen/flyteidl/admin/matchable_resource_pb";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "flyte-admin-client/gen/flyteidl/core/execution_pb";
import { ResourceType } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { SimpleType } from "flyte-admin-client/gen/flyteidl/core/types_pb";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import { AuthMetadataService } from "flyte-admin-client/gen/flyteidl/service/auth_pb";
import {
  ArtifactType,
  DataProxyService,
} from "flyte-admin-client/gen/flyteidl/service/dataproxy_pb";
import { IdentityService } from "flyte-admin-client/gen/flyteidl/service/identity_pb";
import { SignalService } from "flyte-admin-client/gen/flyteidl/service/signal_pb";

import { call, type PlannedCall } from "./planned-call.js";
import { createLaunchPlan, createTask, createWorkflow } from "./registry-calls.js";
import { createExecution, nodeEvent, taskEvent, workflowEvent } from "./run-calls.js";
import {
  attemptId,
  executionId,
  integer,
  nodeId,
  type Scope,
  variable,
  versionId,
} from "./world.js";

const { method } = AdminService;
const { TASK, WORKFLOW, LAUNCH_PLAN } = ResourceType;

/** Calls of every RPC, in an order in which each finds what it needs. */
export function walkCalls(scope: Scope): readonly PlannedCall[] {
  return [
    ...registration(scope),
    ...runs(scope),
    ...settings(scope),
    ...lists(scope),
    ...emptyRequests(),
  ];
}

function registration(scope: Scope): readonly PlannedCall[] {
  return [
    createTask(scope, "add"),
    createTask(scope, "add"),
    createTask(scope, "add", "v1", "img:other"),
    createTask(scope, "add", "v2"),
    call(method.getTask, { id: versionId(TASK, scope, "add") }),
    call(method.getTask, { id: versionId(TASK, scope, "nope") }),
    createWorkflow(scope, "chain"),
    createWorkflow(scope, "chain", "v2"),
    call(method.getWorkflow, { id: versionId(WORKFLOW, scope, "chain") }),
    call(method.getWorkflow, { id: versionId(WORKFLOW, scope, "nope") }),
    createLaunchPlan(scope, "plan"),
    createLaunchPlan(scope, "plan"),
    createLaunchPlan(scope, "chain"),
    call(method.updateLaunchPlan, {
      id: versionId(LAUNCH_PLAN, scope, "plan"),
      state: LaunchPlanState.ACTIVE,
    }),
    call(method.getLaunchPlan, { id: versionId(LAUNCH_PLAN, scope, "plan") }),
    call(method.getActiveLaunchPlan, { id: { ...scope, name: "plan" } }),
    call(method.getActiveLaunchPlan, { id: { ...scope, name: "nope" } }),
    call(method.getDescriptionEntity, { id: versionId(TASK, scope, "add") }),
  ];
}

function runs(scope: Scope): readonly PlannedCall[] {
  const id = executionId(scope, "walk");
  const signalId = { signalId: "go", executionId: id };
  const proxy = DataProxyService.method;
  return [
    createExecution(scope, "walk"),
    createExecution(scope, "walk"),
    createExecution(scope, "nope", versionId(LAUNCH_PLAN, scope, "nope")),
    call(method.getExecution, { id }),
    workflowEvent(scope, "walk", WorkflowExecution_Phase.RUNNING, 1),
    workflowEvent(scope, "walk", WorkflowExecution_Phase.RUNNING, 2),
    nodeEvent(scope, "walk", "n0", NodeExecution_Phase.RUNNING, 3),
    taskEvent(scope, "walk", "n0", TaskExecution_Phase.RUNNING, 4),
    taskEvent(scope, "walk", "n0", TaskExecution_Phase.FAILED, 5),
    taskEvent(scope, "walk", "n0", TaskExecution_Phase.RUNNING, 6, 1),
    taskEvent(scope, "walk", "n0", TaskExecution_Phase.SUCCEEDED, 7, 1),
    nodeEvent(scope, "walk", "n0", NodeExecution_Phase.SUCCEEDED, 8),
    nodeEvent(scope, "walk", "n0", NodeExecution_Phase.RUNNING, 9),
    call(SignalService.method.getOrCreateSignal, {
      id: signalId,
      type: variable(SimpleType.INTEGER).type,
    }),
    call(SignalService.method.setSignal, { id: signalId, value: integer(1) }),
    call(SignalService.method.listSignals, { workflowExecutionId: id, limit: 9 }),
    workflowEvent(scope, "walk", WorkflowExecution_Phase.SUCCEEDED, 10),
    workflowEvent(scope, "walk", WorkflowExecution_Phase.FAILED, 11),
    call(method.getExecution, { id }),
    call(method.getExecutionData, { id }),
    call(method.getExecutionMetrics, { id, depth: 10 }),
    call(method.getNodeExecution, { id: nodeId(scope, "walk", "n0") }),
    call(method.getNodeExecutionData, { id: nodeId(scope, "walk", "n0") }),
    call(method.getDynamicNodeWorkflow, { id: nodeId(scope, "walk", "n0") }),
    call(method.getTaskExecution, { id: attemptId(scope, "walk", "n0") }),
    call(method.getTaskExecutionData, { id: attemptId(scope, "walk", "n0", 1) }),
    call(method.relaunchExecution, { id, name: "walkagain" }),
    call(method.recoverExecution, { id, name: "walkrecovered" }),
    call(method.terminateExecution, { id: executionId(scope, "walkagain"), cause: "enough" }),
    call(method.terminateExecution, { id, cause: "too late" }),
    call(method.updateExecution, { id, state: ExecutionState.EXECUTION_ARCHIVED }),
    call(proxy.createUploadLocation, { ...scope, filename: "a.txt", filenameRoot: "walk" }),
    call(proxy.createDownloadLocation, { nativeUrl: `${scope.storage}/none` }),
    call(proxy.createDownloadLink, {
      artifactType: ArtifactType.DECK,
      source: { case: "nodeExecutionId", value: nodeId(scope, "walk", "n0") },
    }),
    call(proxy.getData, {
      flyteUrl: `flyte://v1/${scope.project}/${scope.domain}/walk/n0/1/o`,
    }),
  ];
}

function settings(scope: Scope): readonly PlannedCall[] {
  const { project, domain } = scope;
  const workflow = "chain";
  const resourceType = MatchableResource.EXECUTION_QUEUE;
  const matchingAttributes = {
    target: { case: "executionQueueAttributes" as const, value: { tags: ["walk"] } },
  };
  return [
    call(method.getVersion, {}),
    call(method.getDomains, {}),
    call(method.registerProject, { project: { id: project, name: project } }),
    call(method.registerProject, { project: { id: "Bad Name", name: "b" } }),
    call(method.updateProject, { id: project, name: project, description: "conformance" }),
    call(method.getProject, { id: project }),
    call(method.listProjects, { limit: 5, filters: `eq(identifier,${project})` }),
    call(method.updateProjectAttributes, { attributes: { project, matchingAttributes } }),
    call(method.updateProjectDomainAttributes, {
      attributes: { project, domain, matchingAttributes },
    }),
    call(method.updateWorkflowAttributes, {
      attributes: { project, domain, workflow, matchingAttributes },
    }),
    call(method.listMatchableAttributes, { resourceType }),
    call(method.getWorkflowAttributes, { project, domain, workflow, resourceType }),
    call(method.deleteWorkflowAttributes, { project, domain, workflow, resourceType }),
    call(method.getWorkflowAttributes, { project, domain, workflow, resourceType }),
    call(method.getProjectDomainAttributes, { project, domain, resourceType }),
    call(method.deleteProjectDomainAttributes, { project, domain, resourceType }),
    call(method.getProjectAttributes, { project, resourceType }),
    call(method.deleteProjectAttributes, { project, resourceType }),
    call(method.getProjectAttributes, { project, resourceType }),
    call(method.updateNamedEntity, {
      resourceType: TASK,
      id: { ...scope, name: "add" },
      metadata: { description: "adds", state: NamedEntityState.NAMED_ENTITY_ACTIVE },
    }),
    call(method.getNamedEntity, { resourceType: TASK, id: { ...scope, name: "add" } }),
    call(AuthMetadataService.method.getOAuth2Metadata, {}),
    call(AuthMetadataService.method.getPublicClientConfig, {}),
    call(IdentityService.method.userInfo, {}),
  ];
}

function lists(scope: Scope): readonly PlannedCall[] {
  const page = { limit: 100, sortBy: { key: "id", direction: 1 } };
  const id = { ...scope, name: "" };
  return [
    call(method.listTasks, { ...page, id }),
    call(method.listTaskIds, { ...page, ...scope }),
    call(method.listWorkflows, { ...page, id }),
    call(method.listWorkflowIds, { ...page, ...scope }),
    call(method.listLaunchPlans, { ...page, id }),
    call(method.listLaunchPlanIds, { ...page, ...scope }),
    call(method.listActiveLaunchPlans, { ...page, ...scope }),
    call(method.listNamedEntities, { limit: 100, ...scope, resourceType: WORKFLOW }),
    call(method.listDescriptionEntities, {
      ...page,
      resourceType: TASK,
      id: { ...scope, name: "add" },
    }),
    call(method.listExecutions, { ...page, id: scope }),
    call(method.listNodeExecutions, {
      ...page,
      workflowExecutionId: executionId(scope, "walk"),
    }),
    call(method.listNodeExecutionsForTask, {
      ...page,
      taskExecutionId: attemptId(scope, "walk", "n0"),
    }),
    call(method.listTaskExecutions, { ...page, nodeExecutionId: nodeId(scope, "walk", "n0") }),
  ];
}

/** Empty requests, but for those that a server answers with any row, or that change any. */
function emptyRequests(): readonly PlannedCall[] {
  return [
    call(method.createTask, {}),
    call(method.createWorkflow, {}),
    call(method.createLaunchPlan, {}),
    call(method.createExecution, {}),
    call(method.createWorkflowEvent, {}),
    call(method.createTaskEvent, {}),
    call(method.registerProject, {}),
    call(method.getWorkflow, {}),
    call(method.getLaunchPlan, {}),
    call(method.getActiveLaunchPlan, {}),
    call(method.getExecution, {}),
    call(method.getTaskExecution, {}),
    call(method.getNamedEntity, {}),
    call(method.getDescriptionEntity, {}),
    call(method.getProject, {}),
    call(method.listTasks, {}),
    call(method.listExecutions, {}),
    call(method.listNodeExecutions, {}),
    call(method.listTaskExecutions, {}),
    call(SignalService.method.getOrCreateSignal, {}),
    call(SignalService.method.setSignal, {}),
    call(DataProxyService.method.createUploadLocation, {}),
    call(DataProxyService.method.createDownloadLink, {}),
    call(DataProxyService.method.getData, {}),
  ];
}
