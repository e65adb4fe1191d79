export { BlobEndpoint } from "./blob-endpoint.js";
export { md5Base64 } from "./md5.js";
export { MemoryBlobStore } from "./memory-blob-store.js";
