export { callKindOf, type CallKind, saysDone } from "./call-class.js";
export { createIdempotently } from "./idempotent-create.js";
