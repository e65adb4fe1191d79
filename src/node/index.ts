export { connect, type ConnectedAdminClient, type ConnectOptions } from "./connect.js";
export type { PersonOptions } from "./sign-in-flow.js";
export { createNodeFetch, type NodeFetch, type NodeFetchOptions } from "./node-fetch.js";
