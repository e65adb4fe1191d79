export { BlobEndpoint } from "./blob-endpoint.js";
export { MemoryBlobStore } from "./memory-blob-store.js";
