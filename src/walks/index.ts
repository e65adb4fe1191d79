export type { RowList } from "./row-list.js";
export { scanExecutions, type ScanFilter, type ScanOptions } from "./scan-executions.js";
