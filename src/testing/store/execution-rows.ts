import type { LaunchPlanRow, TaskRow, WorkflowRow } from "./registry-rows.js";
import type { BaseRow } from "./table.js";
import type { Micros } from "./times.js";

/** A row of `executions`. */
export interface ExecutionRow extends BaseRow {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  /** None when a task was launched by itself. */
  readonly launchPlan: LaunchPlanRow | null;
  readonly workflow: WorkflowRow;
  /** Only when a task was launched by itself. */
  readonly task: TaskRow | null;
  /** A name of `flyteidl.core.WorkflowExecution.Phase`. */
  phase: string;
  /** A serialized `flyteidl.admin.ExecutionClosure`. */
  closure: Uint8Array;
  /** A serialized `flyteidl.admin.ExecutionSpec`. */
  spec: Uint8Array;
  startedAt: Micros | null;
  readonly executionCreatedAt: Micros;
  executionUpdatedAt: Micros;
  /** Nanoseconds; 0 until the execution ends. */
  duration: bigint;
  abortCause: string;
  readonly mode: number;
  readonly sourceExecutionId: number;
  readonly parentNodeExecutionId: number;
  cluster: string;
  readonly inputsUri: string;
  readonly userInputsUri: string;
  errorKind: string | null;
  errorCode: string | null;
  readonly user: string;
  /** 0 active, 1 archived. */
  state: number;
  readonly launchEntity: string;
  readonly nodes: Map<string, NodeExecutionRow>;
  /** Nodes without a parent, oldest first. */
  readonly topNodes: NodeExecutionRow[];
}

/** A row of `execution_tags`. */
export interface ExecutionTagRow extends BaseRow {
  readonly executionProject: string;
  readonly executionDomain: string;
  readonly executionName: string;
  readonly key: string;
  readonly value: string;
}

/** A row of `node_executions`. */
export interface NodeExecutionRow extends BaseRow {
  readonly execution: ExecutionRow;
  readonly nodeId: string;
  /** A name of `flyteidl.core.NodeExecution.Phase`. */
  phase: string;
  inputUri: string;
  /** A serialized `flyteidl.admin.NodeExecutionClosure`. */
  closure: Uint8Array;
  startedAt: Micros | null;
  readonly nodeExecutionCreatedAt: Micros;
  nodeExecutionUpdatedAt: Micros;
  duration: bigint;
  /** A serialized `flyteidl.admin.NodeExecutionMetaData`. */
  metadata: Uint8Array;
  readonly parent: NodeExecutionRow | null;
  readonly parentTask: TaskExecutionRow | null;
  errorKind: string | null;
  errorCode: string | null;
  cacheStatus: string | null;
  /** The object that holds the compiled dynamic workflow; empty for other nodes. */
  dynamicWorkflowUri: string;
  readonly eventVersion: number;
  children: NodeExecutionRow[] | undefined;
  /** The attempts, oldest first. */
  attempts: TaskExecutionRow[] | undefined;
  attemptByKey: Map<number, TaskExecutionRow> | undefined;
}

/** The task of an attempt, shared by all its attempts; it need not be registered. */
export interface TaskReference {
  readonly index: number;
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  readonly version: string;
}

/** A row of `task_executions`. */
export interface TaskExecutionRow extends BaseRow {
  readonly task: TaskReference;
  readonly node: NodeExecutionRow;
  readonly retryAttempt: number;
  /** A name of `flyteidl.core.TaskExecution.Phase`. */
  phase: string;
  phaseVersion: number;
  inputUri: string;
  /** A serialized `flyteidl.admin.TaskExecutionClosure`. */
  closure: Uint8Array;
  startedAt: Micros | null;
  readonly taskExecutionCreatedAt: Micros;
  taskExecutionUpdatedAt: Micros;
  duration: bigint;
  children: NodeExecutionRow[] | undefined;
}

/** The key of an attempt within its node. */
export function attemptKey(task: TaskReference, retryAttempt: number): number {
  return task.index * 2 ** 32 + retryAttempt;
}
