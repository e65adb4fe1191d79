export type { AnsweredCall } from "./answered-call.js";
export { type Answer, checkSize, maxMessageBytes, Pipeline, type RoutedCall } from "./pipeline.js";
export { ServedServices } from "./services.js";
export { encodeGrpcMessage, httpStatusOf, statusBytes } from "./status.js";
