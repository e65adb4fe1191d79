export type { ListWatch, WatchEvent, WatchFailure, WatchOptions } from "./watch-options.js";
export {
  type ExecutionWatchQuery,
  type NodeExecutionWatchQuery,
  type TaskExecutionWatchQuery,
  watchExecutions,
  watchNodeExecutions,
  watchTaskExecutions,
} from "./watch-lists.js";
