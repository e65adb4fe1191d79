export { recoverExecution, relaunchExecution } from "./copy-execution.js";
export { createExecution } from "./create-execution.js";
export { executionMessage } from "./execution-message.js";
export { getExecution, listExecutions } from "./get-execution.js";
export { terminateExecution, updateExecution } from "./update-execution.js";
