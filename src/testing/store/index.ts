export type { BlobStore, SignOptions } from "./blob-store.js";
export type { ServerConfig } from "./server-config.js";
export { createState, type FlyteState, type StateOptions } from "./state.js";
