export {
  countExecutionsByPhase,
  countNodeExecutionsByPhase,
  countTaskExecutionsByPhase,
  type ExecutionCountQuery,
  type NodeExecutionCountQuery,
  type TaskExecutionCountQuery,
} from "./count-lists.js";
export type { PhaseCounts } from "./count-rows.js";
export { countTreeByPhase, type TreeCounts } from "./count-tree.js";
