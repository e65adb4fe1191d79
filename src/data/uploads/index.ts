export type { OnceReadable } from "./collect-body.js";
export type { UploadedObject, UploadOptions, UploadRequest } from "./upload-object.js";
export type { UploadPlace, UploadTarget } from "./upload-target.js";
