export { actOnAll } from "../../bulk/act-on-all.js";
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
export { uploadObject } from "../../uploads/upload-object.js";
export { uploadLocationRequest } from "../../uploads/upload-target.js";
export {
  deleteAttributes,
  getAttributes,
  listAttributes,
  updateAttributes,
} from "../attribute-calls.js";
export { signalLiteral, signalLiteralType } from "../signal-values.js";
export { launchExecution, recoverExecution, relaunchExecution } from "../start-execution.js";
export { ExecutionPoller } from "../../waiting/execution-poller.js";
export { updatesOf, waitForExecution } from "../../waiting/updates.js";
export { scannedRows } from "../../walks/scanned-rows.js";
export { treeAttempts } from "../../walks/tree/tree-attempts.js";
export { buildTree, treeEntries } from "../../walks/tree/walk.js";
