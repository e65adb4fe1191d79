export { getExecutionMetrics } from "./execution-metrics.js";
