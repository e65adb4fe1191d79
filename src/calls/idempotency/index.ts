export { callKindOf, type CallKind, saysDone } from "./call-class.js";
export {
  createIdempotently,
  type Finding,
  resendCheckOf,
  type ResendDecision,
} from "./idempotent-create.js";
