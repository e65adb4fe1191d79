export { callKindOf, type CallKind, saysDone } from "./call-class.js";
export { createIdempotently, type Finding, type IdempotentCreate } from "./idempotent-create.js";
export { type ResendDecision, resendCheckOf } from "./resend-check.js";
