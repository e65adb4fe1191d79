import type { DescService } from "@bufbuild/protobuf";
import type { AdminClient } from "../../src/index.js";
import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../gen/flyteidl/service/signal_pb.js";

/** Where an RPC is reached through the facade, and a call that goes there. */
export interface Reach {
  /** The method of the client, as `executions.launch`. */
  readonly through: string;
  readonly call: (admin: AdminClient) => Promise<unknown>;
}

/** One entry for every RPC of a service; an RPC without one does not compile. */
export type ReachTable<S extends DescService> = { readonly [M in keyof S["method"]]: Reach };

const scope = { project: "p", domain: "d" };
const named = { ...scope, name: "n" };
const versioned = { ...named, version: "v" };
const executionId = { ...scope, name: "e1" };
const nodeExecutionId = { executionId, nodeId: "n0" };
const taskExecutionId = { taskId: versioned, nodeExecutionId, retryAttempt: 0 };
const occurredAt = { seconds: 1n, nanos: 0 };
const kind = "executionClusterLabel";

export const adminReach: ReachTable<typeof AdminService> = {
  createTask: {
    through: "tasks.create",
    call: (admin) => admin.tasks.create({ id: versioned, spec: {} }),
  },
  getTask: { through: "tasks.get", call: (admin) => admin.tasks.get(versioned) },
  listTaskIds: {
    through: "tasks.listNames",
    call: (admin) => admin.tasks.listNames(scope).first(),
  },
  listTasks: { through: "tasks.list", call: (admin) => admin.tasks.list(named).first() },
  createWorkflow: {
    through: "workflows.create",
    call: (admin) => admin.workflows.create({ id: versioned, spec: {} }),
  },
  getWorkflow: { through: "workflows.get", call: (admin) => admin.workflows.get(versioned) },
  listWorkflowIds: {
    through: "workflows.listNames",
    call: (admin) => admin.workflows.listNames(scope).first(),
  },
  listWorkflows: {
    through: "workflows.list",
    call: (admin) => admin.workflows.list(scope).first(),
  },
  createLaunchPlan: {
    through: "launchPlans.create",
    call: (admin) => admin.launchPlans.create({ id: versioned, spec: {} }),
  },
  getLaunchPlan: { through: "launchPlans.get", call: (admin) => admin.launchPlans.get(versioned) },
  getActiveLaunchPlan: {
    through: "launchPlans.getActive",
    call: (admin) => admin.launchPlans.getActive(named),
  },
  listActiveLaunchPlans: {
    through: "launchPlans.listActive",
    call: (admin) => admin.launchPlans.listActive(scope).first(),
  },
  listLaunchPlanIds: {
    through: "launchPlans.listNames",
    call: (admin) => admin.launchPlans.listNames(scope).first(),
  },
  listLaunchPlans: {
    through: "launchPlans.list",
    call: (admin) => admin.launchPlans.list(scope).first(),
  },
  updateLaunchPlan: {
    through: "launchPlans.activate",
    call: (admin) => admin.launchPlans.activate(versioned),
  },
  createExecution: {
    through: "executions.launch",
    call: (admin) => admin.executions.launch({ launchPlan: versioned }),
  },
  relaunchExecution: {
    through: "executions.relaunch",
    call: (admin) => admin.executions.relaunch(executionId),
  },
  recoverExecution: {
    through: "executions.recover",
    call: (admin) => admin.executions.recover(executionId),
  },
  getExecution: { through: "executions.get", call: (admin) => admin.executions.get(executionId) },
  updateExecution: {
    through: "executions.archive",
    call: (admin) => admin.executions.archive(executionId),
  },
  getExecutionData: {
    through: "executions.getData",
    call: (admin) => admin.executions.getData(executionId),
  },
  listExecutions: {
    through: "executions.list",
    call: (admin) => admin.executions.list(scope).first(),
  },
  terminateExecution: {
    through: "executions.terminate",
    call: (admin) => admin.executions.terminate(executionId, { cause: "c" }),
  },
  getNodeExecution: {
    through: "nodeExecutions.get",
    call: (admin) => admin.nodeExecutions.get(nodeExecutionId),
  },
  getDynamicNodeWorkflow: {
    through: "nodeExecutions.getDynamicWorkflow",
    call: (admin) => admin.nodeExecutions.getDynamicWorkflow(nodeExecutionId),
  },
  listNodeExecutions: {
    through: "nodeExecutions.list",
    call: (admin) => admin.nodeExecutions.list({ executionId }).first(),
  },
  listNodeExecutionsForTask: {
    through: "nodeExecutions.listForTask",
    call: (admin) => admin.nodeExecutions.listForTask({ taskExecutionId }).first(),
  },
  getNodeExecutionData: {
    through: "nodeExecutions.getData",
    call: (admin) => admin.nodeExecutions.getData(nodeExecutionId),
  },
  registerProject: {
    through: "projects.register",
    call: (admin) => admin.projects.register({ id: "p" }),
  },
  updateProject: {
    through: "projects.archive",
    call: (admin) => admin.projects.archive("p"),
  },
  getProject: { through: "projects.get", call: (admin) => admin.projects.get("p") },
  listProjects: { through: "projects.list", call: (admin) => admin.projects.list().first() },
  getDomains: { through: "projects.listDomains", call: (admin) => admin.projects.listDomains() },
  createWorkflowEvent: {
    through: "executions.createEvent",
    call: (admin) => admin.executions.createEvent({ executionId, occurredAt }),
  },
  createNodeEvent: {
    through: "nodeExecutions.createEvent",
    call: (admin) => admin.nodeExecutions.createEvent({ id: nodeExecutionId, occurredAt }),
  },
  createTaskEvent: {
    through: "taskExecutions.createEvent",
    call: (admin) =>
      admin.taskExecutions.createEvent({
        taskId: versioned,
        parentNodeExecutionId: nodeExecutionId,
        retryAttempt: 0,
        occurredAt,
      }),
  },
  getTaskExecution: {
    through: "taskExecutions.get",
    call: (admin) => admin.taskExecutions.get(taskExecutionId),
  },
  listTaskExecutions: {
    through: "taskExecutions.list",
    call: (admin) => admin.taskExecutions.list({ nodeExecutionId }).first(),
  },
  getTaskExecutionData: {
    through: "taskExecutions.getData",
    call: (admin) => admin.taskExecutions.getData(taskExecutionId),
  },
  updateProjectDomainAttributes: {
    through: "attributes.update",
    call: (admin) => admin.attributes.update(kind, scope, { value: "l" }),
  },
  getProjectDomainAttributes: {
    through: "attributes.get",
    call: (admin) => admin.attributes.get(kind, scope),
  },
  deleteProjectDomainAttributes: {
    through: "attributes.delete",
    call: (admin) => admin.attributes.delete(kind, { ...scope, includingNarrower: true }),
  },
  updateProjectAttributes: {
    through: "attributes.update",
    call: (admin) => admin.attributes.update(kind, { project: "p" }, { value: "l" }),
  },
  getProjectAttributes: {
    through: "attributes.get",
    call: (admin) => admin.attributes.get(kind, { project: "p" }),
  },
  deleteProjectAttributes: {
    through: "attributes.delete",
    call: (admin) => admin.attributes.delete(kind, { project: "p", includingNarrower: true }),
  },
  updateWorkflowAttributes: {
    through: "attributes.update",
    call: (admin) => admin.attributes.update(kind, { ...scope, workflow: "w" }, { value: "l" }),
  },
  getWorkflowAttributes: {
    through: "attributes.get",
    call: (admin) => admin.attributes.get(kind, { ...scope, workflow: "w" }),
  },
  deleteWorkflowAttributes: {
    through: "attributes.delete",
    call: (admin) => admin.attributes.delete(kind, { ...scope, workflow: "w" }),
  },
  listMatchableAttributes: {
    through: "attributes.list",
    call: (admin) => admin.attributes.list(kind),
  },
  listNamedEntities: {
    through: "namedEntities.list",
    call: (admin) => admin.namedEntities.list({ kind: "task", ...scope }).first(),
  },
  getNamedEntity: {
    through: "namedEntities.get",
    call: (admin) => admin.namedEntities.get({ kind: "task", id: named }),
  },
  updateNamedEntity: {
    through: "namedEntities.archive",
    call: (admin) => admin.namedEntities.archive({ kind: "task", id: named }),
  },
  getVersion: {
    through: "identity.getServerVersion",
    call: (admin) => admin.identity.getServerVersion(),
  },
  getDescriptionEntity: {
    through: "descriptionEntities.get",
    call: (admin) => admin.descriptionEntities.get({ kind: "task", id: versioned }),
  },
  listDescriptionEntities: {
    through: "descriptionEntities.list",
    call: (admin) => admin.descriptionEntities.list({ kind: "task", id: named }).first(),
  },
  getExecutionMetrics: {
    through: "executions.getMetrics",
    call: (admin) => admin.executions.getMetrics(executionId),
  },
};

export const dataProxyReach: ReachTable<typeof DataProxyService> = {
  createUploadLocation: {
    through: "dataProxy.createUploadLocation",
    call: (admin) => admin.dataProxy.createUploadLocation({ ...scope, filenameRoot: "r" }),
  },
  createDownloadLocation: {
    through: "dataProxy.createDownloadLocation",
    call: (admin) => admin.dataProxy.createDownloadLocation("s3://b/k"),
  },
  createDownloadLink: {
    through: "dataProxy.createDeckLink",
    call: (admin) => admin.dataProxy.createDeckLink(nodeExecutionId),
  },
  getData: {
    through: "dataProxy.getData",
    call: (admin) => admin.dataProxy.getData("flyte://v1/p/d/e1/n0/i"),
  },
};

export const signalReach: ReachTable<typeof SignalService> = {
  getOrCreateSignal: {
    through: "signals.getOrCreate",
    call: (admin) => admin.signals.getOrCreate({ executionId, signalId: "s" }, "boolean"),
  },
  listSignals: {
    through: "signals.list",
    call: (admin) => admin.signals.list({ executionId }).first(),
  },
  setSignal: {
    through: "signals.approve",
    call: (admin) => admin.signals.approve({ executionId, signalId: "s" }),
  },
};

export const identityReach: ReachTable<typeof IdentityService> = {
  userInfo: { through: "identity.getUserInfo", call: (admin) => admin.identity.getUserInfo() },
};

export const authMetadataReach: ReachTable<typeof AuthMetadataService> = {
  getOAuth2Metadata: {
    through: "identity.getOAuth2Metadata",
    call: (admin) => admin.identity.getOAuth2Metadata(),
  },
  getPublicClientConfig: {
    through: "identity.getPublicClientConfig",
    call: (admin) => admin.identity.getPublicClientConfig(),
  },
};
