export type { ExecutionTree, NodeTree, TreeEntry } from "./execution-tree.js";
export {
  type ExecutionAttemptsOptions,
  type ExecutionAttemptsQuery,
  listTaskExecutionsForExecution,
} from "./list-attempts.js";
export { type TreeOptions, type TreeWalk, walkExecutionTree } from "./walk-tree.js";
export { buildTree } from "./walk.js";
