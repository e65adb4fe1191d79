export { actOnAll, type BulkOptions, type BulkProgress, type BulkResult } from "./act-on-all.js";
export {
  archiveExecutions,
  type ExecutionsInput,
  getExecutions,
  recoverExecutions,
  type RelaunchAllInput,
  relaunchExecutions,
  terminateExecutions,
} from "./bulk-verbs.js";
