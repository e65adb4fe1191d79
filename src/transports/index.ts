export { parseBaseUrl } from "./base-url.js";
export { withDeadlineArmed } from "./deadline-armed.js";
export { type FetchContext, fetchOnce } from "./fetch-once.js";
export { type Body, readBody } from "./read-body.js";
export { requestHeaders } from "./request-headers.js";
export { createUnaryClient, sendUnary } from "./unary-client.js";
