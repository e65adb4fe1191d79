export {
  type Answer,
  type AnsweredCall,
  checkSize,
  maxMessageBytes,
  Pipeline,
  type RoutedCall,
} from "./pipeline.js";
export { ServedServices } from "./services.js";
export { encodeGrpcMessage, httpStatusOf, statusBytes } from "./status.js";
