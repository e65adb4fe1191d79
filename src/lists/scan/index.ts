export { scanExecutions, type ScanFilter, type ScanOptions } from "./scan-executions.js";
