import {
  cacheStatus,
  errorKind,
  executionMode,
  executionPhase,
  executionState,
  launchEntity,
  nodePhase,
  taskPhase,
} from "./enums.js";

/**
 * The columns that `executions.list` filters and sorts by.
 *
 * FlyteAdmin hides archived executions unless a condition is about a field named `state`.
 */
export const executionColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  project: { column: "execution_project", kind: "text" },
  domain: { column: "execution_domain", kind: "text" },
  name: { column: "execution_name", kind: "text" },
  phase: { column: "phase", kind: "enum", values: executionPhase as typeof executionPhase },
  /** `closure.created_at`, cut to microseconds. Indexed: the sort to prefer for newest first. */
  createdAt: { column: "execution_created_at", kind: "time" },
  /** `closure.updated_at`. */
  updatedAt: { column: "execution_updated_at", kind: "time" },
  /** Not set before the first RUNNING event. */
  startedAt: { column: "started_at", kind: "time" },
  /** Zero until the execution ends, and for ever when it never ran. */
  duration: { column: "duration", kind: "duration" },
  /** When the row was written. Not indexed. */
  rowCreatedAt: { column: "created_at", kind: "time" },
  /** When the row was last written. */
  rowUpdatedAt: { column: "updated_at", kind: "time" },
  state: { column: "state", kind: "enum", values: executionState as typeof executionState },
  mode: { column: "mode", kind: "enum", values: executionMode as typeof executionMode },
  launchEntity: {
    column: "launch_entity",
    kind: "enum",
    values: launchEntity as typeof launchEntity,
  },
  /** No value without an error, and no value matches neither `ne` nor `notIn`. */
  errorKind: { column: "error_kind", kind: "enum", values: errorKind as typeof errorKind },
  /** No value without an error, and no value matches neither `ne` nor `notIn`. */
  errorCode: { column: "error_code", kind: "text" },
  abortCause: { column: "abort_cause", kind: "text" },
  cluster: { column: "cluster", kind: "text" },
  inputsUri: { column: "inputs_uri", kind: "text" },
  userInputsUri: { column: "user_inputs_uri", kind: "text" },
  /** Who started it. As a sort key PostgreSQL would read it as the name of a function. */
  user: { column: "user", kind: "text", sort: false },
  launchPlanId: { column: "launch_plan_id", kind: "int" },
  workflowId: { column: "workflow_id", kind: "int" },
  taskId: { column: "task_id", kind: "int" },
  sourceExecutionId: { column: "source_execution_id", kind: "int" },
  parentNodeExecutionId: { column: "parent_node_execution_id", kind: "int" },
} as const;

/**
 * The tags of an execution, which only `executions.list` can ask for.
 *
 * FlyteAdmin joins tags by the name of the execution alone, so that a namesake in another project
 * lends its tags; and all conditions must hold for one tag, so that no execution has both of two.
 */
export const executionTagColumns = {
  key: { column: "key", kind: "text" },
  /** Empty for plain tags: `in([""])` finds those. */
  value: { column: "value", kind: "text" },
  executionProject: { column: "execution_project", kind: "text" },
  executionDomain: { column: "execution_domain", kind: "text" },
  executionName: { column: "execution_name", kind: "text" },
} as const;

/** The columns that `nodeExecutions.list` filters and sorts by. */
export const nodeExecutionColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  executionProject: { column: "execution_project", kind: "text" },
  executionDomain: { column: "execution_domain", kind: "text" },
  executionName: { column: "execution_name", kind: "text" },
  nodeId: { column: "node_id", kind: "text" },
  phase: { column: "phase", kind: "enum", values: nodePhase as typeof nodePhase },
  /** `closure.created_at`: when the first event happened. */
  createdAt: { column: "node_execution_created_at", kind: "time" },
  /** `closure.updated_at`. */
  updatedAt: { column: "node_execution_updated_at", kind: "time" },
  /** Not set before the first RUNNING event. */
  startedAt: { column: "started_at", kind: "time" },
  /** Zero until the node ends, and for ever when it never ran. */
  duration: { column: "duration", kind: "duration" },
  /** When the row was written. */
  rowCreatedAt: { column: "created_at", kind: "time" },
  /** When the row was last written. */
  rowUpdatedAt: { column: "updated_at", kind: "time" },
  /** No value without an error, and no value matches neither `ne` nor `notIn`. */
  errorKind: { column: "error_kind", kind: "enum", values: errorKind as typeof errorKind },
  /** No value without an error, and no value matches neither `ne` nor `notIn`. */
  errorCode: { column: "error_code", kind: "text" },
  /** Set only when an event carried a catalog key. */
  cacheStatus: { column: "cache_status", kind: "enum", values: cacheStatus as typeof cacheStatus },
  inputUri: { column: "input_uri", kind: "text" },
  dynamicWorkflowRemoteClosureReference: {
    column: "dynamic_workflow_remote_closure_reference",
    kind: "text",
  },
  parentId: { column: "parent_id", kind: "int" },
  parentTaskExecutionId: { column: "parent_task_execution_id", kind: "int" },
} as const;

/**
 * The columns that `taskExecutions.list` filters and sorts by.
 *
 * For the project, domain and name of the task use `task`: FlyteAdmin takes columns of these names,
 * and then compares those of the execution.
 */
export const taskExecutionColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  /** The version of the task. */
  version: { column: "version", kind: "text" },
  executionProject: { column: "execution_project", kind: "text" },
  executionDomain: { column: "execution_domain", kind: "text" },
  executionName: { column: "execution_name", kind: "text" },
  nodeId: { column: "node_id", kind: "text" },
  /** Counts from 0. */
  retryAttempt: { column: "retry_attempt", kind: "int" },
  phase: { column: "phase", kind: "enum", values: taskPhase as typeof taskPhase },
  phaseVersion: { column: "phase_version", kind: "int" },
  /** `closure.created_at`: when the first event happened. */
  createdAt: { column: "task_execution_created_at", kind: "time" },
  /** `closure.updated_at`. */
  updatedAt: { column: "task_execution_updated_at", kind: "time" },
  /** Not set before the first RUNNING event. */
  startedAt: { column: "started_at", kind: "time" },
  /** Zero until the attempt ends, and for ever when it never ran. */
  duration: { column: "duration", kind: "duration" },
  /** When the row was written. */
  rowCreatedAt: { column: "created_at", kind: "time" },
  /** When the row was last written. */
  rowUpdatedAt: { column: "updated_at", kind: "time" },
  inputUri: { column: "input_uri", kind: "text" },
} as const;
