export { contentMd5, type UploadBody } from "./content-md5.js";
export { fetchSignedUrl } from "./fetch-signed-url.js";
export type { FetchSignedUrlOptions, TransferOptions, TransferProgress } from "./options.js";
export { defaultMaxBytes } from "./options.js";
export type { SignedUrlDownload } from "./signed-url-download.js";
export {
  type UploadLocation,
  uploadToSignedUrl,
  type UploadToSignedUrlOptions,
} from "./upload-to-signed-url.js";
