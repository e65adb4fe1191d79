export type { ReadDataOptions } from "./read-data-options.js";
export type {
  AbortedResult,
  ErrorResult,
  InputsResult,
  LiteralsResult,
  LiteralsSource,
  MissingResult,
  NoneResult,
  NotTerminalResult,
  OutputsResult,
  TooLargeResult,
  UnfetchedLiteral,
  UnreadableResult,
} from "./data-results.js";
export {
  createDeckLink,
  createDownloadLocation,
  createUploadLocation,
  getFlyteUrlData,
} from "./data-proxy.js";
export { type Deck, type DeckOptions, type DeckResult, readDeck } from "./deck.js";
export { downloadBlob, type DownloadBlobOptions } from "./download-blob.js";
export type { Expiry } from "./expiry.js";
export { type MapTaskItem, type MapTaskOutputs, readMapTaskOutputs } from "./map-task-outputs.js";
export {
  readExecutionInputs,
  readExecutionOutputs,
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "./read-data.js";
export {
  type LiteralResult,
  type NoSuchLiteralResult,
  type ResolvedResult,
  resolveFlyteUrl,
} from "./resolve.js";
export {
  type UploadedObject,
  uploadObject,
  type UploadOptions,
  type UploadInput,
  type UploadLocationInput,
} from "./uploads/index.js";
