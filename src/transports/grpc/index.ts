export {
  createGrpcTransport,
  type GrpcTransport,
  type GrpcTransportOptions,
} from "./grpc-transport.js";
export type { TlsOptions } from "./tls-options.js";
