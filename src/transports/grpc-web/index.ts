export { createGrpcWebTransport, type GrpcWebTransportOptions } from "./grpc-web-transport.js";
