import type { NodeExecutionRow } from "../../store/index.js";
import { baseColumns, bigint, bytes, duration, text, timestamp } from "../column.js";
import { type Entity, relation } from "../entity.js";
import { executionEntity } from "./execution.js";

/** Nodes of executions. */
export const nodeExecutionEntity: Entity<NodeExecutionRow> = {
  code: "ne",
  table: "node_executions",
  columns: {
    ...baseColumns<NodeExecutionRow>(),
    execution_project: text((row) => row.execution.project),
    execution_domain: text((row) => row.execution.domain),
    execution_name: text((row) => row.execution.name),
    node_id: text((row) => row.nodeId),
    phase: text((row) => row.phase),
    input_uri: text((row) => row.inputUri),
    closure: bytes((row) => row.closure),
    started_at: timestamp((row) => row.startedAt),
    node_execution_created_at: timestamp((row) => row.nodeExecutionCreatedAt),
    node_execution_updated_at: timestamp((row) => row.nodeExecutionUpdatedAt),
    duration: duration((row) => row.duration),
    node_execution_metadata: bytes((row) => row.metadata),
    parent_id: bigint((row) => row.parent?.id ?? null),
    parent_task_execution_id: bigint((row) => row.parentTask?.id ?? null),
    error_kind: text((row) => row.errorKind),
    error_code: text((row) => row.errorCode),
    cache_status: text((row) => row.cacheStatus),
    dynamic_workflow_remote_closure_reference: text((row) => row.dynamicWorkflowUri),
    internal_data: bytes(() => new Uint8Array()),
  },
  relations: { execution: relation(executionEntity, (row) => [row.execution]) },
};
