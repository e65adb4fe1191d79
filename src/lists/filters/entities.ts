import type { ColumnTable } from "./column.js";
import {
  descriptionEntityColumns,
  launchPlanColumns,
  namedEntityColumns,
  namedEntityIdentifierColumns,
  projectColumns,
  signalColumns,
  taskColumns,
  workflowColumns,
} from "./registry-columns.js";
import {
  executionColumns,
  executionTagColumns,
  nodeExecutionColumns,
  taskExecutionColumns,
} from "./execution-columns.js";

/** The columns of each kind of thing that FlyteAdmin lists or joins. */
export interface EntityColumns {
  execution: typeof executionColumns;
  nodeExecution: typeof nodeExecutionColumns;
  taskExecution: typeof taskExecutionColumns;
  task: typeof taskColumns;
  workflow: typeof workflowColumns;
  launchPlan: typeof launchPlanColumns;
  namedEntity: typeof namedEntityColumns;
  namedEntityIdentifier: typeof namedEntityIdentifierColumns;
  project: typeof projectColumns;
  signal: typeof signalColumns;
  descriptionEntity: typeof descriptionEntityColumns;
  executionTag: typeof executionTagColumns;
}

/** The entities whose columns a list of another entity may filter by. */
export interface RelatedEntities {
  execution: "launchPlan" | "workflow" | "task" | "executionTag";
  nodeExecution: "execution";
  taskExecution: "task" | "execution" | "nodeExecution";
  task: never;
  workflow: never;
  launchPlan: "workflow";
  namedEntity: never;
  namedEntityIdentifier: never;
  project: never;
  signal: never;
  descriptionEntity: never;
}

/** A kind of thing that FlyteAdmin lists. `namedEntityIdentifier` is the row of the lists of names. */
export type FilterEntity = keyof RelatedEntities;

/** The columns of a related entity, and the prefix under which FlyteAdmin reads them. */
export interface RelatedTable {
  readonly prefix: string;
  readonly columns: ColumnTable;
}

/** One entry for each related entity; of a union of lists, what one of them has. */
type RelatedTables<E extends FilterEntity> = E extends unknown
  ? Readonly<Record<RelatedEntities[E], RelatedTable>>
  : never;

/**
 * The columns of one list. A list names its own table, so that a page is bundled with the columns
 * and enums of the lists that it reads only.
 */
export interface FilterTable<E extends FilterEntity> {
  readonly entity: E;
  readonly columns: ColumnTable;
  readonly related: RelatedTables<E>;
}

/** A join hides the executions without such a row: those of a task have no launch plan, others no task. */
export const executionFilters: FilterTable<"execution"> = {
  entity: "execution",
  columns: executionColumns,
  related: {
    launchPlan: { prefix: "launch_plan", columns: launchPlanColumns },
    workflow: { prefix: "workflow", columns: workflowColumns },
    task: { prefix: "task", columns: taskColumns },
    executionTag: { prefix: "execution_tag", columns: executionTagColumns },
  },
};

/** The columns of lists of node executions. */
export const nodeExecutionFilters: FilterTable<"nodeExecution"> = {
  entity: "nodeExecution",
  columns: nodeExecutionColumns,
  related: { execution: { prefix: "execution", columns: executionColumns } },
};

/** The columns of lists of task executions. */
export const taskExecutionFilters: FilterTable<"taskExecution"> = {
  entity: "taskExecution",
  columns: taskExecutionColumns,
  related: {
    task: { prefix: "task", columns: taskColumns },
    execution: { prefix: "execution", columns: executionColumns },
    nodeExecution: { prefix: "node_execution", columns: nodeExecutionColumns },
  },
};

/** The columns of lists of launch plans. */
export const launchPlanFilters: FilterTable<"launchPlan"> = {
  entity: "launchPlan",
  columns: launchPlanColumns,
  related: { workflow: { prefix: "workflow", columns: workflowColumns } },
};

/** The columns of lists of tasks. */
export const taskFilters: FilterTable<"task"> = {
  entity: "task",
  columns: taskColumns,
  related: {},
};

/** The columns of lists of workflows. */
export const workflowFilters: FilterTable<"workflow"> = {
  entity: "workflow",
  columns: workflowColumns,
  related: {},
};

/** The columns of lists of named entities. */
export const namedEntityFilters: FilterTable<"namedEntity"> = {
  entity: "namedEntity",
  columns: namedEntityColumns,
  related: {},
};

/** The columns of lists of names. */
export const namedEntityIdentifierFilters: FilterTable<"namedEntityIdentifier"> = {
  entity: "namedEntityIdentifier",
  columns: namedEntityIdentifierColumns,
  related: {},
};

/** The columns of lists of projects. */
export const projectFilters: FilterTable<"project"> = {
  entity: "project",
  columns: projectColumns,
  related: {},
};

/** The columns of lists of signals. */
export const signalFilters: FilterTable<"signal"> = {
  entity: "signal",
  columns: signalColumns,
  related: {},
};

/** The columns of lists of description entities. */
export const descriptionEntityFilters: FilterTable<"descriptionEntity"> = {
  entity: "descriptionEntity",
  columns: descriptionEntityColumns,
  related: {},
};
