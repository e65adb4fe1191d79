import { taskPhase } from "../enums.js";

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
