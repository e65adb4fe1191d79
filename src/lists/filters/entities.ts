import type { ColumnTable } from "./column.js";
import {
  descriptionEntityColumns,
  namedEntityColumns,
  namedEntityIdentifierColumns,
  projectColumns,
  signalColumns,
} from "./tables/catalog.js";
import { executionColumns, executionTagColumns } from "./tables/execution.js";
import { nodeExecutionColumns } from "./tables/node-execution.js";
import { launchPlanColumns, taskColumns, workflowColumns } from "./tables/registered.js";
import { taskExecutionColumns } from "./tables/task-execution.js";

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

/** A kind of thing that FlyteAdmin lists. `namedEntityIdentifier` stands for the lists of identifiers. */
export type FilterEntity = keyof RelatedEntities;

/** An entity whose columns FlyteAdmin reads under a prefix in the lists of others. */
export type RelatedEntity = RelatedEntities[FilterEntity];

/** The columns of every entity, by the names that callers use. */
export const entityColumns: Readonly<EntityColumns & Record<keyof EntityColumns, ColumnTable>> = {
  execution: executionColumns,
  nodeExecution: nodeExecutionColumns,
  taskExecution: taskExecutionColumns,
  task: taskColumns,
  workflow: workflowColumns,
  launchPlan: launchPlanColumns,
  namedEntity: namedEntityColumns,
  namedEntityIdentifier: namedEntityIdentifierColumns,
  project: projectColumns,
  signal: signalColumns,
  descriptionEntity: descriptionEntityColumns,
  executionTag: executionTagColumns,
};

/** The related entities of every list. */
export const relatedEntities: { readonly [E in FilterEntity]: readonly RelatedEntities[E][] } = {
  // A join hides the executions that have no such row: single tasks have no launch plan, others no task.
  execution: ["launchPlan", "workflow", "task", "executionTag"],
  nodeExecution: ["execution"],
  taskExecution: ["task", "execution", "nodeExecution"],
  task: [],
  workflow: [],
  launchPlan: ["workflow"],
  namedEntity: [],
  namedEntityIdentifier: [],
  project: [],
  signal: [],
  descriptionEntity: [],
};

/** The server's prefix for the columns of a related entity. */
export const relatedPrefixes: Readonly<Record<RelatedEntity, string>> = {
  execution: "execution",
  nodeExecution: "node_execution",
  task: "task",
  workflow: "workflow",
  launchPlan: "launch_plan",
  executionTag: "execution_tag",
};
