export type { OnceReadable } from "./collect-body.js";
export {
  type UploadedObject,
  uploadObject,
  type UploadOptions,
  type UploadInput,
} from "./upload-object.js";
export {
  type UploadLocationInput,
  uploadLocationRequest,
  type UploadPathInput,
} from "./upload-target.js";
