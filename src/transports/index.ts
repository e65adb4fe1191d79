export { parseBaseUrl } from "./base-url.js";
export { type FetchContext, fetchOnce, withDeadlineArmed } from "./fetch-once.js";
export { type Body, readBody } from "./read-body.js";
export { createUnaryClient, sendUnary } from "./unary-client.js";
