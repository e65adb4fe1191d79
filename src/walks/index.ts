export type { RowList } from "./row-list.js";
export { scanExecutions, type ScanFilter, type ScanOptions } from "./scan-executions.js";
export {
  type ExecutionAttemptsOptions,
  type ExecutionTree,
  listAttempts,
  type NodeTree,
  type TreeEntry,
  type TreeOptions,
  type TreeWalk,
  walkTree,
} from "./tree/index.js";
