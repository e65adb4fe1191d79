export {
  createGrpcTransport,
  type GrpcTransport,
  type GrpcTransportOptions,
} from "./grpc-transport.js";
