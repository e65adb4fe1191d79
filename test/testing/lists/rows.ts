import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";

import { Sort_Direction, SortSchema, type Sort } from "../../../gen/flyteidl/admin/common_pb.js";
import type { LaunchPlanState } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { ListRequest } from "../../../src/testing/lists/index.js";
import {
  type ExecutionRow,
  type FlyteState,
  joinKey,
  type LaunchPlanRow,
  type NodeExecutionRow,
  type TaskExecutionRow,
  type TaskRow,
  versionGroups,
  type WorkflowRow,
} from "../../../src/testing/store/index.js";

const none = new Uint8Array();

/** A request for one large page. */
export function request(filters = "", more: Partial<ListRequest> = {}): ListRequest {
  return { limit: 100, token: "", filters, ...more };
}

export function ascending(key: string): Sort {
  return create(SortSchema, { key, direction: Sort_Direction.ASCENDING });
}

export function descending(key: string): Sort {
  return create(SortSchema, { key, direction: Sort_Direction.DESCENDING });
}

/** The code and the text of the error that `run` throws. */
export function errorOf(run: () => unknown): [code: number, text: string] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConnectError) return [error.code, error.rawMessage];
    throw error;
  }
  throw new Error("nothing was thrown");
}

export function insertTask(
  state: FlyteState,
  name: string,
  fields: Partial<TaskRow> = {},
): TaskRow {
  const now = state.tick();
  const row: TaskRow = {
    id: state.tasks.nextId,
    createdAt: now,
    updatedAt: now,
    project: "flytesnacks",
    domain: "development",
    name,
    version: "v1",
    closure: none,
    type: "python-task",
    shortDescription: "",
    ...fields,
  };
  const { project, domain, version } = row;
  return state.tasks.insert(
    row,
    joinKey(project, domain, name, version),
    versionGroups(project, domain, name),
  );
}

export function insertWorkflow(state: FlyteState, name: string): WorkflowRow {
  const now = state.tick();
  const row: WorkflowRow = {
    id: state.workflows.nextId,
    createdAt: now,
    updatedAt: now,
    project: "flytesnacks",
    domain: "development",
    name,
    version: "v1",
    typedInterface: none,
    remoteClosureIdentifier: "",
    shortDescription: "",
  };
  return state.workflows.insert(row, joinKey("flytesnacks", "development", name, "v1"));
}

export function insertLaunchPlan(
  state: FlyteState,
  workflow: WorkflowRow,
  active: LaunchPlanState,
): LaunchPlanRow {
  const row: LaunchPlanRow = {
    ...workflow,
    id: state.launchPlans.nextId,
    spec: none,
    closure: none,
    workflow,
    state: active,
    scheduleType: "NONE",
    launchConditionType: null,
  };
  return state.launchPlans.insert(row, joinKey("flytesnacks", "development", workflow.name, "v1"));
}

export function insertExecution(
  state: FlyteState,
  name: string,
  fields: Partial<ExecutionRow>,
): ExecutionRow {
  const now = state.tick();
  const row: ExecutionRow = {
    id: state.executions.nextId,
    createdAt: now,
    updatedAt: now,
    project: "flytesnacks",
    domain: "development",
    name,
    launchPlan: null,
    workflow: fields.workflow ?? insertWorkflow(state, "wf"),
    task: null,
    phase: "RUNNING",
    closure: none,
    spec: none,
    startedAt: null,
    executionCreatedAt: now,
    executionUpdatedAt: now,
    duration: 0n,
    abortCause: "",
    mode: 0,
    sourceExecutionId: 0,
    parentNodeExecutionId: 0,
    cluster: "",
    inputsUri: "",
    userInputsUri: "",
    errorKind: null,
    errorCode: null,
    user: "",
    state: 0,
    launchEntity: "launch_plan",
    nodes: new Map(),
    topNodes: [],
    ...fields,
  };
  return state.executions.insert(row, joinKey(row.project, row.domain, name), [
    joinKey(row.project, row.domain),
  ]);
}

export function tagExecution(
  state: FlyteState,
  execution: ExecutionRow,
  key: string,
  value = "",
): void {
  const { project, domain, name } = execution;
  const now = state.tick();
  state.executionTags.insert(
    {
      id: state.executionTags.nextId,
      createdAt: now,
      updatedAt: now,
      executionProject: project,
      executionDomain: domain,
      executionName: name,
      key,
      value,
    },
    joinKey(project, domain, name, key),
    [name],
  );
}

/** Attempts of one node, one for each name of a task. */
export function attemptsOf(
  state: FlyteState,
  execution: ExecutionRow,
  taskNames: readonly string[],
): TaskExecutionRow[] {
  const now = state.tick();
  const common = {
    createdAt: now,
    updatedAt: now,
    inputUri: "",
    closure: none,
    startedAt: null,
    duration: 0n,
  };
  const node: NodeExecutionRow = {
    ...common,
    id: 1,
    execution,
    nodeId: "n0",
    phase: "RUNNING",
    nodeExecutionCreatedAt: now,
    nodeExecutionUpdatedAt: now,
    metadata: none,
    parent: null,
    parentTask: null,
    errorKind: null,
    errorCode: null,
    cacheStatus: null,
    dynamicWorkflowUri: "",
    eventVersion: 0,
    children: undefined,
    attempts: undefined,
    attemptByKey: undefined,
  };
  return taskNames.map((name, index) => ({
    ...common,
    id: index + 1,
    task: { index, project: "flytesnacks", domain: "development", name, version: "v1" },
    node,
    retryAttempt: index,
    phase: "RUNNING",
    phaseVersion: 0,
    taskExecutionCreatedAt: now + index,
    taskExecutionUpdatedAt: now + index,
    children: undefined,
  }));
}
