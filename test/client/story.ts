import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../gen/flyteidl/core/execution_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import type { AdminClient } from "../../src/index.js";
import {
  type InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedGate,
  seedNode,
  seedTask,
  seedWorkflow,
} from "../../src/testing.js";
import { stringLiteral } from "../support/literals.js";

/** One call of a client, and how it must end. */
export interface Step {
  readonly title: string;
  readonly call: (admin: AdminClient) => Promise<unknown>;
  /** The code of the error that it must end with. @defaultValue none: it succeeds */
  readonly code?: string;
  /** Whether REST cannot carry it. */
  readonly notOverRest?: boolean;
}

const scope = { project: "flytesnacks", domain: "development" };
const executionId = { ...scope, name: "e1" };
const nodeExecutionId = { executionId, nodeId: "n0" };
const task = { ...scope, name: "core.retry.flaky", version: "v1" };
const workflow = { ...scope, name: "core.flows.sample", version: "v1" };
const nobody = { ...scope, name: "nobody", version: "v1" };
const taskExecutionId = { taskId: task, nodeExecutionId, retryAttempt: 1 };
const signal = { executionId, signalId: "approve" };
const occurredAt = { seconds: 1_768_480_000n, nanos: 5 };
const kind = "executionClusterLabel";
const slashed = { ...scope, name: "team/a task", version: "v+1 %2F" };

/** Prepares the server's content for the story. */
export async function prepare(flyte: InMemoryFlyteAdmin): Promise<void> {
  await seedTask(flyte, { description: { short: "a task", long: "a task that fails at first" } });
  await seedTask(flyte, { ...slashed });
  await seedWorkflow(flyte, { ...scope });
  const execution = await seedExecution(flyte, { name: "e1" });
  const node = await seedNode(flyte, { executionId: execution, nodeId: "n0" });
  await seedNode(flyte, { executionId: execution, nodeId: "group", kind: "subWorkflow" });
  await seedNode(flyte, { executionId: execution, nodeId: "inner", parentNodeId: "group" });
  await seedNode(flyte, { executionId: execution, nodeId: "a/b" });
  await seedAttempts(flyte, {
    nodeExecutionId: node,
    count: 3,
    attempt: (n) => ({
      phase: n === 2 ? "SUCCEEDED" : "FAILED",
      outputs: { o0: stringLiteral("ünï ☃") },
      error: { code: "USER:X", message: `${"long ".repeat(80)}é ${n}` },
    }),
  });
  await seedGate(flyte, { executionId: execution });
  await seedExecution(flyte, { name: "old1", phase: "FAILED" });
  flyte.putBlob("s3://my-s3-bucket/notes.txt", new TextEncoder().encode("notes"));
}

/** Calls of every resource in turn: reads, writes, what they changed, and errors. */
export const story: readonly Step[] = [
  { title: "domains", call: (admin) => admin.projects.listDomains() },
  { title: "projects", call: (admin) => admin.projects.list().toArray({ limit: 9 }) },
  { title: "a project", call: (admin) => admin.projects.get("flytesnacks") },
  {
    title: "registers a project",
    call: (admin) =>
      admin.projects.register({ id: "lab", name: "Lab ü", labels: { team: "core", "a.b/c": "d" } }),
  },
  {
    title: "registers a project twice",
    call: (admin) => admin.projects.register({ id: "lab" }),
    code: "ALREADY_EXISTS",
  },
  {
    title: "updates a project",
    call: (admin) => admin.projects.update("lab", { description: "new words" }),
  },
  { title: "archives a project", call: (admin) => admin.projects.archive("lab") },
  { title: "the archived project", call: (admin) => admin.projects.get("lab") },
  {
    title: "a project that is not there",
    call: (admin) => admin.projects.get("no"),
    code: "NOT_FOUND",
  },

  { title: "a task", call: (admin) => admin.tasks.get(task) },
  { title: "a task with a slash in its name", call: (admin) => admin.tasks.get(slashed) },
  {
    title: "versions of a task with a slash in its name",
    call: (admin) => admin.tasks.list({ ...scope, name: slashed.name }).toArray({ limit: 9 }),
  },
  { title: "names of tasks", call: (admin) => admin.tasks.listNames(scope).toArray({ limit: 9 }) },
  {
    title: "a task that is not there",
    call: (admin) => admin.tasks.get(nobody),
    code: "NOT_FOUND",
  },
  {
    title: "creates a task without a template",
    call: (admin) =>
      admin.rpc.admin.createTask({ id: { ...nobody, resourceType: ResourceType.TASK }, spec: {} }),
    code: "INVALID_ARGUMENT",
  },
  { title: "a workflow", call: (admin) => admin.workflows.get(workflow) },
  { title: "workflows", call: (admin) => admin.workflows.list(scope).toArray({ limit: 9 }) },
  {
    title: "names of workflows",
    call: (admin) => admin.workflows.listNames(scope).toArray({ limit: 9 }),
  },
  { title: "activates a launch plan", call: (admin) => admin.launchPlans.activate(workflow) },
  { title: "the active launch plan", call: (admin) => admin.launchPlans.getActive(workflow) },
  {
    title: "active launch plans",
    call: (admin) => admin.launchPlans.listActive(scope).toArray({ limit: 9 }),
  },
  { title: "deactivates a launch plan", call: (admin) => admin.launchPlans.deactivate(workflow) },
  {
    title: "no active launch plan",
    call: (admin) => admin.launchPlans.getActive(workflow),
    code: "NOT_FOUND",
  },
  {
    title: "launch plans by a filter that the server refuses",
    call: (admin) =>
      admin.rpc.admin.listLaunchPlans({ id: scope, limit: 5, filters: "eq(nope,1)" }),
    code: "INVALID_ARGUMENT",
  },
  {
    title: "named entities",
    call: (admin) => admin.namedEntities.list({ kind: "task", ...scope }).toArray({ limit: 9 }),
  },
  {
    title: "archives a named entity",
    call: (admin) => admin.namedEntities.archive({ kind: "task", id: task }),
  },
  {
    title: "the archived entity",
    call: (admin) => admin.namedEntities.get({ kind: "task", id: task }),
  },
  {
    title: "a description",
    call: (admin) => admin.descriptionEntities.get({ kind: "task", id: task }),
  },
  {
    title: "descriptions",
    call: (admin) =>
      admin.descriptionEntities.list({ kind: "task", id: task }).toArray({ limit: 9 }),
  },

  { title: "an execution", call: (admin) => admin.executions.get(executionId) },
  {
    title: "executions by phase",
    call: (admin) =>
      admin.executions
        .list({ ...scope, where: (f) => f.phase.in(["FAILED", "RUNNING"]) })
        .toArray({ limit: 9 }),
  },
  {
    title: "executions, newest first, one a page",
    call: (admin) =>
      admin.executions
        .list(
          { ...scope, orderBy: { field: "name", direction: "descending" } },
          { pageSize: 1, readAhead: false },
        )
        .toArray({ limit: 9 }),
  },
  {
    title: "launches an execution",
    call: (admin) =>
      admin.executions.launch({ name: "launched1", launchPlan: workflow, inputs: {} }),
  },
  {
    title: "an execution that is there already",
    call: (admin) =>
      admin.rpc.admin.createExecution({
        ...scope,
        name: "e1",
        spec: { launchPlan: { ...workflow, resourceType: ResourceType.LAUNCH_PLAN } },
      }),
    code: "ALREADY_EXISTS",
  },
  {
    title: "terminates an execution, with a cause",
    call: (admin) =>
      admin.executions.terminate({ ...scope, name: "launched1" }, { cause: "ünsafe" }),
  },
  {
    title: "the cause of the end",
    call: async (admin) =>
      (await admin.executions.get({ ...scope, name: "launched1" })).closure?.outputResult,
  },
  {
    title: "archives an execution",
    call: (admin) => admin.executions.archive({ ...scope, name: "old1" }),
  },
  {
    title: "archived executions",
    call: (admin) =>
      admin.executions
        .list({ ...scope, where: (f) => f.state.eq("EXECUTION_ARCHIVED") })
        .toArray({ limit: 9 }),
  },
  { title: "data of an execution", call: (admin) => admin.executions.getData(executionId) },
  { title: "metrics", call: (admin) => admin.executions.getMetrics(executionId) },
  {
    title: "recovers an execution under a name",
    call: (admin) => admin.executions.recover(executionId, { name: "again1" }),
  },
  {
    title: "an event for an execution that is not there",
    call: (admin) =>
      admin.executions.createEvent({
        executionId: { ...scope, name: "nobody" },
        occurredAt,
        phase: WorkflowExecution_Phase.RUNNING,
      }),
    code: "NOT_FOUND",
  },
  {
    title: "an execution that is not there",
    call: (admin) => admin.executions.get({ ...scope, name: "nobody" }),
    code: "NOT_FOUND",
  },

  {
    title: "nodes",
    call: (admin) => admin.nodeExecutions.list({ executionId }).toArray({ limit: 9 }),
  },
  {
    title: "children of a node",
    call: (admin) =>
      admin.nodeExecutions
        .listChildren({ parentId: { executionId, nodeId: "group" } })
        .toArray({ limit: 9 }),
  },
  { title: "a node", call: (admin) => admin.nodeExecutions.get(nodeExecutionId) },
  {
    title: "a node with a slash in its id",
    call: (admin) => admin.nodeExecutions.get({ executionId, nodeId: "a/b" }),
    notOverRest: true,
  },
  {
    title: "an event of a node",
    call: (admin) =>
      admin.nodeExecutions.createEvent({
        id: nodeExecutionId,
        occurredAt,
        phase: NodeExecution_Phase.SUCCEEDED,
        eventVersion: 1,
      }),
  },
  { title: "the node after its event", call: (admin) => admin.nodeExecutions.get(nodeExecutionId) },
  {
    title: "the dynamic workflow of a node that is none",
    call: (admin) => admin.nodeExecutions.getDynamicWorkflow(nodeExecutionId),
    code: "NOT_FOUND",
  },

  {
    title: "attempts",
    call: (admin) => admin.taskExecutions.list({ nodeExecutionId }).toArray({ limit: 9 }),
  },
  { title: "an attempt", call: (admin) => admin.taskExecutions.get(taskExecutionId) },
  {
    title: "data of an attempt",
    call: (admin) => admin.taskExecutions.getData({ ...taskExecutionId, retryAttempt: 2 }),
  },
  {
    title: "outputs of an attempt",
    call: (admin) => admin.taskExecutions.outputs({ ...taskExecutionId, retryAttempt: 2 }),
  },
  {
    title: "outputs of an attempt that failed",
    call: (admin) => admin.taskExecutions.outputs(taskExecutionId),
  },
  {
    title: "an event for an attempt that has ended",
    call: (admin) =>
      admin.taskExecutions.createEvent({
        taskId: task,
        parentNodeExecutionId: nodeExecutionId,
        retryAttempt: 1,
        phase: TaskExecution_Phase.RUNNING,
        occurredAt,
      }),
    code: "FAILED_PRECONDITION",
  },

  {
    title: "sets an attribute",
    call: (admin) => admin.attributes.update(kind, scope, { value: "gpu" }),
  },
  { title: "the attribute", call: (admin) => admin.attributes.get(kind, scope) },
  {
    title: "the attribute of a workflow, which falls back",
    call: (admin) => admin.attributes.get(kind, { ...scope, workflow: "w" }),
  },
  { title: "attributes", call: (admin) => admin.attributes.list(kind) },
  {
    title: "deletes an attribute",
    call: (admin) => admin.attributes.delete(kind, { ...scope, includingNarrower: true }),
  },
  { title: "no attributes", call: (admin) => admin.attributes.list(kind) },

  {
    title: "gets or creates a signal",
    call: (admin) => admin.signals.getOrCreate(signal, "boolean"),
    notOverRest: true,
  },
  { title: "signals", call: (admin) => admin.signals.list({ executionId }).toArray({ limit: 9 }) },
  { title: "approves", call: (admin) => admin.signals.approve(signal) },
  { title: "approved", call: (admin) => admin.signals.list({ executionId }).toArray({ limit: 9 }) },
  {
    title: "approves a signal that is not there",
    call: (admin) => admin.signals.approve({ executionId, signalId: "nope" }),
    code: "INVALID_ARGUMENT",
  },

  {
    title: "where to upload",
    call: (admin) =>
      admin.dataProxy.createUploadLocation({ ...scope, filename: "a b.txt", filenameRoot: "r" }),
  },
  {
    title: "where to download",
    call: (admin) => admin.dataProxy.createDownloadLocation("s3://my-s3-bucket/notes.txt"),
  },
  {
    title: "data by a flyte URL",
    call: (admin) => admin.dataProxy.getData("flyte://v1/flytesnacks/development/e1/n0/2/o"),
  },
  { title: "the server's version", call: (admin) => admin.identity.getServerVersion() },
  {
    title: "who am I, without sign-in",
    call: (admin) => admin.identity.getUserInfo(),
    code: "UNIMPLEMENTED",
  },
];
