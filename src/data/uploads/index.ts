export {
  type OnceReadable,
  type UploadedObject,
  type UploadInput,
  uploadObject,
  type UploadOptions,
} from "./upload-object.js";
export {
  type UploadLocationInput,
  uploadLocationRequest,
  type UploadPathInput,
} from "./upload-target.js";
