export { fileBody } from "./file-body.js";
export { saveToFile, type SaveToFileOptions } from "./save-to-file.js";
export { withSpooledBody } from "./with-spooled-body.js";
