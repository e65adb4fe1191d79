export { callKindOf, type CallKind, saysDone } from "./call-class.js";
export { createIdempotently, type IdempotentCreate } from "./idempotent-create.js";
