export {
  type ExecutionScanQuery,
  scanExecutions,
  type ScanFilter,
  type ScanOptions,
} from "./scan-executions.js";
