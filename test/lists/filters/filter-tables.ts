import {
  descriptionEntityFilters,
  executionFilters,
  launchPlanFilters,
  namedEntityFilters,
  namedEntityIdentifierFilters,
  nodeExecutionFilters,
  projectFilters,
  signalFilters,
  taskFilters,
  taskExecutionFilters,
  workflowFilters,
} from "../../../src/lists/filters/index.js";

/** The table of each list, by its entity. */
export const filterTables = {
  descriptionEntity: descriptionEntityFilters,
  execution: executionFilters,
  launchPlan: launchPlanFilters,
  namedEntity: namedEntityFilters,
  namedEntityIdentifier: namedEntityIdentifierFilters,
  nodeExecution: nodeExecutionFilters,
  project: projectFilters,
  signal: signalFilters,
  task: taskFilters,
  taskExecution: taskExecutionFilters,
  workflow: workflowFilters,
};
