export { fetchSignedUrl, SignedUrlDownload, streamOf } from "./fetch-signed-url.js";
export {
  defaultMaxBytes,
  type FetchSignedUrlOptions,
  requireFetchOptions,
  transferOptionNames,
  type TransferOptions,
} from "./options.js";
export { createTransferDeadline } from "./transfer.js";
export { contentMd5, partsOf, sizeOf, type UploadBody, type UploadSource } from "./upload-body.js";
export { type UploadLocation, uploadToSignedUrl } from "./upload-to-signed-url.js";
export { expiresIn, type Expiry, requireExpiry } from "./signed-url.js";
