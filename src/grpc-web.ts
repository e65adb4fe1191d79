export {
  createGrpcWebTransport,
  type GrpcWebTransportOptions,
} from "./transports/grpc-web/index.js";
