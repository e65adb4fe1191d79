export {
  executionInputsQuery,
  executionOutputsQuery,
  nodeExecutionInputsQuery,
  nodeExecutionOutputsQuery,
  taskExecutionInputsQuery,
  taskExecutionOutputsQuery,
} from "./data.js";
export {
  executionQuery,
  executionTreeQuery,
  launchPlanQuery,
  nodeExecutionQuery,
  projectQuery,
  taskExecutionQuery,
  taskQuery,
  workflowQuery,
} from "./gets.js";
export {
  executionsQuery,
  launchPlansQuery,
  nodeExecutionsQuery,
  type PageQueryOptions,
  projectsQuery,
  taskExecutionsQuery,
  tasksQuery,
  workflowsQuery,
} from "./lists.js";
export {
  type FlyteInfiniteQuery,
  type FlyteQuery,
  flyteQueryKey,
  type FlyteQueryKey,
  type FlyteQueryOf,
  type FlyteWatchQuery,
  type PageQueryContext,
  type QueryContext,
  type QueryResource,
  type WatchQueryContext,
  type WithoutSignal,
} from "./query-types.js";
export {
  executionsWatchQuery,
  executionUpdatesQuery,
  nodeExecutionsWatchQuery,
  taskExecutionsWatchQuery,
  type WatchedRows,
  type WatchQueryOptions,
} from "./watches.js";
