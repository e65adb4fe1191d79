export type { OnceReadable } from "./collect-body.js";
export {
  type UploadedObject,
  uploadObject,
  type UploadOptions,
  type UploadRequest,
} from "./upload-object.js";
export type { UploadPlace, UploadTarget } from "./upload-target.js";
