export { discover } from "./discover.js";
export { checkAddress, isLoopback } from "./safe-endpoint.js";
export type { IssuerEndpoints, SignInServer, SignInServerOptions } from "./sign-in-server.js";
