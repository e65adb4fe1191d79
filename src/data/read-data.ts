import { isMessage } from "@bufbuild/protobuf";

import type { UrlBlob } from "../../gen/flyteidl/admin/common_pb.js";
import { type Execution, ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import {
  type NodeExecution,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import {
  type TaskExecution,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type {
  NodeExecutionIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../gen/flyteidl/core/identifier_pb.js";
import type { LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";
import {
  getExecutionDataMethod,
  getExecutionMethod,
  getNodeExecutionDataMethod,
  getNodeExecutionMethod,
  getTaskExecutionDataMethod,
  getTaskExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import {
  type ExecutionIdInput,
  type IdDefaults,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireTaskExecutionId,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import {
  declaredInputs,
  type RecordedData,
  recordedInputs,
  recordedOutputs,
} from "./recorded-data.js";
import { withOffloaded } from "./offloaded.js";
import { type ReadDataOptions, requireReadOptions } from "./read-data-options.js";
import { type DataPart, readLiterals } from "./read-literals.js";
import { resolvableUrl } from "../values/index.js";

/** A row may be one that a caller built; without a closure it records nothing. */
interface ClosedRow {
  readonly closure?: object | undefined;
}

/** One of the three kinds of thing that have inputs and outputs. */
interface DataKind<Row extends ClosedRow, Id, Input> {
  /** The data call, for errors. */
  readonly rpc: string;
  isRow(given: Input): given is Input & Row;
  requireId(given: Input, defaults: IdDefaults): Id;
  getRow(connection: Connection, id: Id, options: CallOptions): Promise<Row>;
  getData(connection: Connection, id: Id, options: CallOptions): Promise<DataAnswer>;
  /** The `flyte://` URL that GetData resolves, where there is one. */
  flyteUrl(id: Id, artifact: Artifact): string | undefined;
  /** Whether the row alone shows where the inputs are. */
  readonly isInputsInRow: boolean;
  recordedInputs(
    row: Row,
    connection: Connection,
    options: ReadDataOptions,
  ): RecordedData<InputsResult> | Promise<RecordedData<InputsResult>>;
  readonly recordedOutputs: (row: Row) => RecordedData<OutputsResult>;
}

type Artifact = "inputs" | "outputs";

interface DataAnswer {
  readonly inputs?: UrlBlob | undefined;
  readonly outputs?: UrlBlob | undefined;
  readonly fullInputs?: LiteralMap | undefined;
  readonly fullOutputs?: LiteralMap | undefined;
}

const executionKind: DataKind<Execution, WorkflowExecutionIdentifier, ExecutionIdInput> = {
  rpc: "GetExecutionData",
  isRow: (given) => isMessage(given, ExecutionSchema),
  requireId: requireExecutionId,
  getRow: (connection, id, options) => callUnary(connection, getExecutionMethod, { id }, options),
  getData: (connection, id, options) =>
    callUnary(connection, getExecutionDataMethod, { id }, options),
  flyteUrl: () => undefined,
  isInputsInRow: false,
  recordedInputs: declaredInputs,
  recordedOutputs,
};

const nodeExecutionKind: DataKind<NodeExecution, NodeExecutionIdentifier, NodeExecutionIdInput> = {
  rpc: "GetNodeExecutionData",
  isRow: isNodeExecution,
  requireId: requireNodeExecutionId,
  getRow: (connection, id, options) =>
    callUnary(connection, getNodeExecutionMethod, { id }, options),
  getData: (connection, id, options) =>
    callUnary(connection, getNodeExecutionDataMethod, { id }, options),
  flyteUrl: (id, artifact) => resolvableUrl(id, artifact),
  isInputsInRow: true,
  recordedInputs,
  recordedOutputs,
};

const taskExecutionKind: DataKind<TaskExecution, TaskExecutionIdentifier, TaskExecutionIdInput> = {
  rpc: "GetTaskExecutionData",
  isRow: (given) => isMessage(given, TaskExecutionSchema),
  requireId: requireTaskExecutionId,
  getRow: (connection, id, options) =>
    callUnary(connection, getTaskExecutionMethod, { id }, options),
  getData: (connection, id, options) =>
    callUnary(connection, getTaskExecutionDataMethod, { id }, options),
  flyteUrl: (id, artifact) => resolvableUrl(id.nodeExecutionId, artifact, id.retryAttempt),
  isInputsInRow: true,
  recordedInputs,
  recordedOutputs,
};

/**
 * Reads the inputs of an execution: inline, or through a signed URL, whichever works.
 *
 * @param id - its id, or the execution itself, which saves a call
 * @returns the literals with their source, or why there are none; never an empty map that means
 *   "unknown"
 * @throws InvalidIdentifierError before any call; NotFoundError when the execution does not exist
 */
export function readExecutionInputs(
  connection: Connection,
  id: ExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return readInputs(executionKind, connection, id, options);
}

/**
 * Reads the outputs of an execution: inline, or through a signed URL, whichever works.
 *
 * @param id - its id, or the execution itself, which saves a call
 * @returns the literals with their source, or why there are none: still running, failed with its
 *   error, aborted, none recorded, too large, missing or unreadable
 * @throws InvalidIdentifierError before any call; NotFoundError when the execution does not exist
 */
export function readExecutionOutputs(
  connection: Connection,
  id: ExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return readOutputs(executionKind, connection, id, options);
}

/**
 * Reads the inputs of a node: inline, or through a signed URL, whichever works.
 *
 * @param id - its id, or the node itself, which saves a call
 * @returns the literals with their source, or why there are none; never an empty map that means
 *   "unknown"
 * @throws InvalidIdentifierError before any call; NotFoundError when the node does not exist
 */
export function readNodeExecutionInputs(
  connection: Connection,
  id: NodeExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return readInputs(nodeExecutionKind, connection, id, options);
}

/**
 * Reads the outputs of a node: inline, or through a signed URL, whichever works.
 *
 * @param id - its id, or the node itself, which saves a call
 * @returns the literals with their source, or why there are none: still running, failed with its
 *   error, aborted, none recorded, too large, missing or unreadable
 * @throws InvalidIdentifierError before any call; NotFoundError when the node does not exist
 */
export function readNodeExecutionOutputs(
  connection: Connection,
  id: NodeExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return readOutputs(nodeExecutionKind, connection, id, options);
}

/**
 * Reads the inputs of an attempt: inline, or through a signed URL, whichever works.
 *
 * @param id - its id, or the attempt itself, which saves a call
 * @returns the literals with their source, or why there are none; never an empty map that means
 *   "unknown"
 * @throws InvalidIdentifierError before any call; NotFoundError when the attempt does not exist
 */
export function readTaskExecutionInputs(
  connection: Connection,
  id: TaskExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return readInputs(taskExecutionKind, connection, id, options);
}

/**
 * Reads the outputs of an attempt: inline, or through a signed URL, whichever works.
 *
 * @param id - its id, or the attempt itself, which saves a call
 * @returns the literals with their source, or why there are none: still running, failed with its
 *   error, aborted, none recorded, too large, missing or unreadable
 * @throws InvalidIdentifierError before any call; NotFoundError when the attempt does not exist
 */
export function readTaskExecutionOutputs(
  connection: Connection,
  id: TaskExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return readOutputs(taskExecutionKind, connection, id, options);
}

function readInputs<Row extends ClosedRow, Id, Input>(
  kind: DataKind<Row, Id, Input>,
  connection: Connection,
  given: Input,
  options: ReadDataOptions,
): Promise<InputsResult> {
  return read(kind, connection, given, options, {
    artifact: "inputs",
    isInRow: kind.isInputsInRow,
    recorded: (row) => kind.recordedInputs(row, connection, options),
    part: ({ fullInputs, inputs }) => dataPart(fullInputs, inputs),
  });
}

function readOutputs<Row extends ClosedRow, Id, Input>(
  kind: DataKind<Row, Id, Input>,
  connection: Connection,
  given: Input,
  options: ReadDataOptions,
): Promise<OutputsResult> {
  return read(kind, connection, given, options, {
    artifact: "outputs",
    isInRow: true,
    recorded: kind.recordedOutputs,
    part: ({ fullOutputs, outputs }) => dataPart(fullOutputs, outputs),
  });
}

/** The differences between inputs and outputs. */
interface Half<Row, Result> {
  readonly artifact: Artifact;
  readonly isInRow: boolean;
  readonly recorded: (row: Row) => RecordedData<Result> | Promise<RecordedData<Result>>;
  readonly part: (answer: DataAnswer) => DataPart;
}

async function read<Row extends ClosedRow, Id, Input, Result extends OutputsResult>(
  kind: DataKind<Row, Id, Input>,
  connection: Connection,
  given: Input,
  options: ReadDataOptions,
  { artifact, isInRow, recorded, part }: Half<Row, Result>,
): Promise<Result | InputsResult> {
  const id = kind.requireId(given, requireDefaults(connection));
  requireReadOptions(options);
  const call = callOptionsOf(options);
  const row = kind.isRow(given) && given.closure !== undefined ? given : undefined;
  const target = {
    rpc: kind.rpc,
    recorded: row !== undefined && isInRow ? await recorded(row) : undefined,
    flyteUrl: kind.flyteUrl(id, artifact),
    getRecorded: async () => recorded(row ?? (await kind.getRow(connection, id, call))),
    getData: async () => part(await kind.getData(connection, id, call)),
  };
  const result = await readLiterals(target, connection, options);
  return result.kind === "literals" ? withOffloaded(result, connection, options) : result;
}

function dataPart(literals: LiteralMap | undefined, blob: UrlBlob | undefined): DataPart {
  return { literals, url: blob?.url ?? "", bytes: blob?.bytes ?? 0n };
}

/** Whether it is the node itself. */
export function isNodeExecution(given: NodeExecutionIdInput): given is NodeExecution {
  return isMessage(given, NodeExecutionSchema);
}
