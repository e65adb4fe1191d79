export { actOnAll } from "../../executions/bulk/act-on-all.js";
export { readDeck } from "../../data/deck.js";
export { readExecutionInputs, readExecutionOutputs } from "../../data/execution-data.js";
export {
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
} from "../../data/node-execution-data.js";
export { resolveFlyteUrl } from "../../data/resolve.js";
export {
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "../../data/task-execution-data.js";
export { uploadObject } from "../../data/uploads/upload-object.js";
export { uploadLocationRequest } from "../../data/uploads/upload-target.js";
export {
  deleteAttributes,
  getAttributes,
  listAttributes,
  updateAttributes,
} from "../attribute-calls.js";
export { signalLiteral, signalLiteralType } from "../signal-values.js";
export {
  launchExecution,
  recoverExecution,
  relaunchExecution,
} from "../../executions/launch/start-execution.js";
export { ExecutionPoller } from "../../executions/wait/execution-poller.js";
export { updatesOf, waitForExecution } from "../../executions/wait/updates.js";
export { scannedRows } from "../../lists/scan/scanned-rows.js";
export { treeAttempts } from "../../executions/tree/tree-attempts.js";
export { buildTree, treeEntries } from "../../executions/tree/walk.js";
