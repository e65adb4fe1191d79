import { cacheStatus, errorKind, nodePhase } from "../enums.js";

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
