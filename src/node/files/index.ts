export { fileBody, withSpooledBody } from "./file-body.js";
export {
  type SavedFile,
  type SavedOutputs,
  saveOutputs,
  type SaveOutputsOptions,
  type SaveOutputsResult,
  type SkippedOutput,
} from "./save-outputs.js";
export { saveToFile, type SaveToFileOptions } from "./save-to-file.js";
