export { createDownloadLink, createDownloadLocation } from "./create-download.js";
export { createUploadLocation } from "./create-upload.js";
export { getData } from "./get-data.js";
