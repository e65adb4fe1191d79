import { connectionOf, type FlyteClient } from "../calls/index.js";
import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlan } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { Project } from "../../gen/flyteidl/admin/project_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Task } from "../../gen/flyteidl/admin/task_pb.js";
import type { Workflow } from "../../gen/flyteidl/admin/workflow_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import {
  type ExecutionTree,
  getExecution,
  getNodeExecution,
  getTaskExecution,
  type TreeOptions,
  walkExecutionTree,
} from "../executions/index.js";
import type { CallOptions } from "../internal/index.js";
import { getProject } from "../projects/index.js";
import { getLaunchPlan, getTask, getWorkflow } from "../registry/index.js";
import {
  type ExecutionIdInput,
  formatId,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireProjectId,
  requireResourceId,
  requireTaskExecutionId,
  type ResourceIdInput,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import { type FlyteQuery, makeKey, type WithoutSignal } from "./query-types.js";

/**
 * Returns the options of a query for one execution.
 *
 * @throws InvalidIdentifierError
 */
export function executionQuery(
  client: FlyteClient,
  id: ExecutionIdInput,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<Execution> {
  const connection = connectionOf(client);
  const known = requireExecutionId(id, connection.defaults);
  return {
    queryKey: makeKey(connection, "executions", "get", { id: formatId(known) }),
    queryFn: ({ signal }) => getExecution(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for one node.
 *
 * @throws InvalidIdentifierError
 */
export function nodeExecutionQuery(
  client: FlyteClient,
  id: NodeExecutionIdInput,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<NodeExecution> {
  const connection = connectionOf(client);
  const known = requireNodeExecutionId(id, connection.defaults);
  return {
    queryKey: makeKey(connection, "nodeExecutions", "get", { id: formatId(known) }),
    queryFn: ({ signal }) => getNodeExecution(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for one attempt.
 *
 * @throws InvalidIdentifierError
 */
export function taskExecutionQuery(
  client: FlyteClient,
  id: TaskExecutionIdInput,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<TaskExecution> {
  const connection = connectionOf(client);
  const known = requireTaskExecutionId(id, connection.defaults);
  return {
    queryKey: makeKey(connection, "taskExecutions", "get", { id: formatId(known) }),
    queryFn: ({ signal }) => getTaskExecution(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for one version of a launch plan.
 *
 * @throws InvalidIdentifierError
 */
export function launchPlanQuery(
  client: FlyteClient,
  id: ResourceIdInput,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<LaunchPlan> {
  const connection = connectionOf(client);
  const known = requireResourceId(ResourceType.LAUNCH_PLAN, id, connection.defaults);
  return {
    queryKey: makeKey(connection, "launchPlans", "get", { id: formatId(known) }),
    queryFn: ({ signal }) => getLaunchPlan(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for one version of a workflow.
 *
 * @throws InvalidIdentifierError
 */
export function workflowQuery(
  client: FlyteClient,
  id: ResourceIdInput,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<Workflow> {
  const connection = connectionOf(client);
  const known = requireResourceId(ResourceType.WORKFLOW, id, connection.defaults);
  return {
    queryKey: makeKey(connection, "workflows", "get", { id: formatId(known) }),
    queryFn: ({ signal }) => getWorkflow(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for one version of a task.
 *
 * @throws InvalidIdentifierError
 */
export function taskQuery(
  client: FlyteClient,
  id: ResourceIdInput,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<Task> {
  const connection = connectionOf(client);
  const known = requireResourceId(ResourceType.TASK, id, connection.defaults);
  return {
    queryKey: makeKey(connection, "tasks", "get", { id: formatId(known) }),
    queryFn: ({ signal }) => getTask(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for one project.
 *
 * @throws InvalidIdentifierError
 */
export function projectQuery(
  client: FlyteClient,
  id: string,
  options: WithoutSignal<CallOptions> = {},
): FlyteQuery<Project> {
  const connection = connectionOf(client);
  return {
    queryKey: makeKey(connection, "projects", "get", { id: requireProjectId(id) }),
    queryFn: ({ signal }) => getProject(connection, id, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for the tree of an execution, as `executions.tree(id).build()`
 * reads it.
 *
 * @throws InvalidIdentifierError or InvalidOptionError
 */
export function executionTreeQuery(
  client: FlyteClient,
  id: ExecutionIdInput,
  options: Omit<WithoutSignal<TreeOptions>, "previous"> = {},
): FlyteQuery<ExecutionTree> {
  const connection = connectionOf(client);
  const known = requireExecutionId(id, connection.defaults);
  // Found here and not when the query runs.
  walkExecutionTree(connection, known, options);
  const { childExecutions = false } = options;
  return {
    queryKey: makeKey(connection, "executions", "tree", { id: formatId(known), childExecutions }),
    queryFn: ({ signal }) => walkExecutionTree(connection, known, { ...options, signal }).build(),
  };
}
