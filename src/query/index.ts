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
export { type FlyteClient, flyteQueryKey, type QueryResource } from "./query-keys.js";
export type {
  FlyteInfiniteQuery,
  FlyteQuery,
  FlyteQueryKey,
  FlyteQueryOf,
  FlyteWatchQuery,
  PageQueryContext,
  QueryContext,
  WatchQueryContext,
  WithoutSignal,
} from "./query-types.js";
export {
  executionsWatchQuery,
  executionUpdatesQuery,
  nodeExecutionsWatchQuery,
  taskExecutionsWatchQuery,
  type WatchedRows,
  type WatchQueryOptions,
} from "./watches.js";
