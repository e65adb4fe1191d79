export type { ExecutionTree, NodeTree, TreeEntry } from "./execution-tree.js";
export { type ExecutionAttemptsOptions, listAttempts } from "./list-attempts.js";
export { type TreeOptions, type TreeWalk, walkTree } from "./walk-tree.js";
