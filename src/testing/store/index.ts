export type { BlobStore, SignOptions } from "./blob-store.js";
export * from "./execution-rows.js";
export type * from "./registry-rows.js";
export type { AuthMetadataInput, ServerConfig } from "./server-config.js";
export { createState, type FlyteState, type StateOptions, versionGroups } from "./state.js";
export { type BaseRow, joinKey } from "./table.js";
export * from "./times.js";
