export {
  AdminClient,
  type AdminClientOptions,
  type AdminClientSettings,
  type RestClientOptions,
  type TransportClientOptions,
} from "./client/admin-client.js";
export * from "./auth/index.js";
export type {
  AbortedResult,
  Deck,
  DeckOptions,
  DeckResult,
  Expiry,
  FailedResult,
  InputsResult,
  LiteralResult,
  LiteralsResult,
  LiteralsSource,
  MissingResult,
  NoneResult,
  NoSuchLiteralResult,
  NotTerminalResult,
  OutputsResult,
  ReadDataOptions,
  ResolvedResult,
  TooLargeResult,
  UnfetchedLiteral,
  UnreadableResult,
} from "./data/index.js";
export {
  type BulkOptions,
  type BulkProgress,
  type BulkResult,
  mapConcurrent,
  type MapConcurrentOptions,
  type MapContext,
} from "./executions/bulk/index.js";
export {
  AlreadyExistsError,
  CanceledError,
  ConnectionError,
  DeadlineExceededError,
  type ErrorDetail,
  ExecutionConflictError,
  FailedPreconditionError,
  FlyteError,
  type FlyteErrorOptions,
  InvalidArgumentError,
  InvalidFilterError,
  InvalidIdentifierError,
  InvalidOptionError,
  isFlyteError,
  NotFoundError,
  PermissionDeniedError,
  ResourceExhaustedError,
  SignedUrlError,
  type SignedUrlReason,
  type StatusCode,
  UnauthenticatedError,
  type UndecodedDetail,
  UnexpectedResponseError,
  UnsupportedByTransportError,
} from "./errors/index.js";
export type { FetchFunction } from "./internal/fetch-function.js";
export {
  type Condition,
  type DurationField,
  type DurationInput,
  type EnumField,
  type FieldsOf,
  type FilterEntity,
  type FilterEnums,
  type FilterFunction,
  type IntField,
  type OrderBy,
  type RawFilter,
  rawFilter,
  type SortKey,
  type TextField,
  type TimeField,
  type TimeInput,
  type Where,
} from "./lists/filters/index.js";
export {
  type FlyteArtifact,
  type FlyteUrl,
  formatFlyteUrl,
  parseFlyteUrl,
} from "./values/flyte-urls/index.js";
export {
  executionId,
  type ExecutionIdInput,
  formatId,
  type IdDefaults,
  launchPlanId,
  type NamedEntityIdInput,
  nodeExecutionId,
  type NodeExecutionIdInput,
  type ResourceIdInput,
  type ScopeInput,
  signalId,
  type SignalIdInput,
  taskExecutionId,
  type TaskExecutionIdInput,
  taskId,
  workflowId,
} from "./values/identifiers/index.js";
export type * from "./calls/index.js";
export { withRetry } from "./calls/index.js";
export {
  type BinaryCodec,
  type BinaryValue,
  type BlobRef,
  type ErrorValue,
  formatLiteral,
  type FormatLiteralOptions,
  LiteralError,
  literalsToValues,
  literalToValue,
  type LiteralsToValuesOptions,
  msgpack,
  valueToLiteral,
  valuesToLiterals,
  type LiteralValue,
  type OffloadedRef,
  type SchemaRef,
  type StructuredDatasetRef,
  type ValueToLiteralOptions,
  type LiteralToValueOptions,
  type UnionValue,
} from "./values/literals/index.js";
export * from "./values/logs/index.js";
export * from "./values/outcomes/index.js";
export type { ListOptions, ListProgress, Page, PagedList, RowList } from "./lists/paging/index.js";
export type * from "./resources/index.js";
export {
  fetchSignedUrl,
  type FetchSignedUrlOptions,
  type SignedUrlDownload,
  type TransferOptions,
  type TransferProgress,
  type UploadBody,
  type UploadSource,
} from "./data/signed-urls/index.js";
export { createRestTransport, type RestTransportOptions } from "./transports/rest/index.js";
export type {
  OnceReadable,
  UploadedObject,
  UploadOptions,
  UploadPlace,
  UploadRequest,
  UploadTarget,
} from "./data/uploads/index.js";
export { version } from "./internal/version.js";
export type {
  ExecutionUpdate,
  UpdatesOptions,
  WaitingClock,
  WaitOptions,
} from "./executions/wait/index.js";
export type {
  ExecutionAttemptsOptions,
  ExecutionTree,
  NodeTree,
  TreeEntry,
  TreeOptions,
  TreeWalk,
} from "./executions/tree/index.js";
export type { ScanFilter, ScanOptions } from "./lists/scan/index.js";
