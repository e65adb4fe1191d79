export { callKindOf, type CallKind, saysDone } from "./call-class.js";
export { createIdempotently, type Finding } from "./idempotent-create.js";
export { type ResendDecision, resendCheckOf } from "./resend-check.js";
