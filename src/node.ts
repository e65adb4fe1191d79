export {
  createGrpcTransport,
  type GrpcTransport,
  type GrpcTransportOptions,
} from "./transports/grpc/index.js";
