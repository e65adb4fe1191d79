export {
  createGrpcTransport,
  type GrpcTransport,
  type GrpcTransportOptions,
} from "./grpc-transport.js";
export { nodeFaultOf } from "./node-fault.js";
export { type HttpProxy, parseProxyUrl, ProxyTunnel } from "./proxy-tunnel.js";
export { type NodeTls, nodeTlsElsewhere, nodeTlsOf, type TlsOptions } from "./tls-options.js";
