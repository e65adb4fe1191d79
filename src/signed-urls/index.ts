export { contentMd5 } from "./content-md5.js";
export { fetchSignedUrl } from "./fetch-signed-url.js";
export type { FetchSignedUrlOptions, TransferOptions, TransferProgress } from "./options.js";
export { createLifeline, waitFor } from "./lifeline.js";
export { defaultMaxBytes } from "./options.js";
export type { SignedUrlDownload } from "./signed-url-download.js";
export { partsOf } from "./parts-of.js";
export { sizeOf, type UploadBody, type UploadSource } from "./upload-body.js";
export { streamOf } from "./stream-of.js";
export {
  type UploadLocation,
  uploadToSignedUrl,
  type UploadToSignedUrlOptions,
} from "./upload-to-signed-url.js";
