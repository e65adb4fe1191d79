export { createNodeFetch, type NodeFetch, type NodeFetchOptions } from "./node-fetch.js";
export { codeOf, tlsOptionsOf } from "./tls-settings.js";
