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
export type { Expiry } from "./signed-urls/index.js";
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
  type OnceReadable,
  type UploadedObject,
  type UploadInput,
  uploadObject,
  type UploadOptions,
} from "./upload-object.js";
export type { UploadLocationInput, UploadPathInput } from "./upload-target.js";
