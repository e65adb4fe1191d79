export { compileSpec } from "./compile-spec.js";
export {
  insertWorkflow,
  readClosure,
  requireWorkflow,
  workflowHandlers,
} from "./workflow-handlers.js";
