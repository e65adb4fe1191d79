export { discover } from "./discover.js";
export { checkAddress, isLoopback } from "./issuer-endpoints.js";
export type { IssuerEndpoints, SignInServer, SignInServerOptions } from "./sign-in-server.js";
