import { joinKey, type TaskExecutionRow } from "../../store/index.js";
import { baseColumns, bigint, bytes, duration, text, timestamp } from "../column.js";
import { type Entity, relation } from "../entity.js";
import { executionEntity } from "./execution.js";
import { nodeExecutionEntity } from "./node-execution.js";
import { taskEntity } from "./task.js";

/** Attempts of tasks. */
export const taskExecutionEntity: Entity<TaskExecutionRow> = {
  code: "te",
  table: "task_executions",
  columns: {
    ...baseColumns<TaskExecutionRow>(),
    project: text((row) => row.task.project),
    domain: text((row) => row.task.domain),
    name: text((row) => row.task.name),
    version: text((row) => row.task.version),
    execution_project: text((row) => row.node.execution.project),
    execution_domain: text((row) => row.node.execution.domain),
    execution_name: text((row) => row.node.execution.name),
    node_id: text((row) => row.node.nodeId),
    retry_attempt: bigint((row) => row.retryAttempt),
    phase: text((row) => row.phase),
    phase_version: bigint((row) => row.phaseVersion),
    input_uri: text((row) => row.inputUri),
    closure: bytes((row) => row.closure),
    started_at: timestamp((row) => row.startedAt),
    task_execution_created_at: timestamp((row) => row.taskExecutionCreatedAt),
    task_execution_updated_at: timestamp((row) => row.taskExecutionUpdatedAt),
    duration: duration((row) => row.duration),
  },
  // The server takes the task's key columns for the execution's when it filters, not when it sorts.
  filterNames: { project: "execution_project", domain: "execution_domain", name: "execution_name" },
  relations: {
    task: relation(taskEntity, ({ task }, state) => [
      state.tasks.get(joinKey(task.project, task.domain, task.name, task.version)),
    ]),
    execution: relation(executionEntity, (row) => [row.node.execution]),
    node_execution: relation(nodeExecutionEntity, (row) => [row.node]),
  },
};
