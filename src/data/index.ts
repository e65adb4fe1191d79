export type { DataContext, ReadDataOptions } from "./context.js";
export type {
  AbortedResult,
  FailedResult,
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
export type { Deck, DeckOptions, DeckResult } from "./deck.js";
export type { Expiry } from "./expiry.js";
export { readExecutionInputs, readExecutionOutputs } from "./execution-data.js";
export { readNodeExecutionInputs, readNodeExecutionOutputs } from "./node-execution-data.js";
export { readTaskExecutionInputs, readTaskExecutionOutputs } from "./task-execution-data.js";
export type { LiteralResult, NoSuchLiteralResult, ResolvedResult } from "./resolve.js";
