import type { ExecutionRow } from "../../store/index.js";
import { baseColumns, bigint, bytes, duration, integer, text, timestamp } from "../column.js";
import { type Entity, relation, type Relation } from "../entity.js";
import { executionTagEntity } from "./execution-tag.js";
import { launchPlanEntity } from "./launch-plan.js";
import { taskEntity } from "./task.js";
import { workflowEntity } from "./workflow.js";

// The server joins tags by the name of the execution alone: those of a namesake in another project count too.
const tags: Relation<ExecutionRow> = relation(executionTagEntity, (row, state) =>
  state.executionTags.group(row.name),
);

/** Executions. */
export const executionEntity: Entity<ExecutionRow> = {
  code: "e",
  table: "executions",
  columns: {
    ...baseColumns<ExecutionRow>(),
    execution_project: text((row) => row.project),
    execution_domain: text((row) => row.domain),
    execution_name: text((row) => row.name),
    launch_plan_id: bigint((row) => row.launchPlan?.id ?? 0),
    workflow_id: bigint((row) => row.workflow.id),
    task_id: bigint((row) => row.task?.id ?? 0),
    phase: text((row) => row.phase),
    closure: bytes((row) => row.closure),
    spec: bytes((row) => row.spec),
    started_at: timestamp((row) => row.startedAt),
    execution_created_at: timestamp((row) => row.executionCreatedAt),
    execution_updated_at: timestamp((row) => row.executionUpdatedAt),
    duration: duration((row) => row.duration),
    abort_cause: text((row) => row.abortCause),
    mode: integer((row) => row.mode),
    source_execution_id: bigint((row) => row.sourceExecutionId),
    parent_node_execution_id: bigint((row) => row.parentNodeExecutionId),
    cluster: text((row) => row.cluster),
    inputs_uri: text((row) => row.inputsUri),
    user_inputs_uri: text((row) => row.userInputsUri),
    error_kind: text((row) => row.errorKind),
    error_code: text((row) => row.errorCode),
    user: { ...text((row: ExecutionRow) => row.user), sortsAsConstant: true },
    state: integer((row) => row.state),
    launch_entity: text((row) => row.launchEntity),
  },
  relations: {
    launch_plan: relation(launchPlanEntity, (row) => [row.launchPlan]),
    workflow: relation(workflowEntity, (row) => [row.workflow]),
    task: relation(taskEntity, (row) => [row.task]),
    execution_tag: tags,
    admin_tag: {
      ...tags,
      code: "at",
      columnKinds: new Map([["name", "varchar"]]),
      columnName: () => "key",
    },
  },
};
