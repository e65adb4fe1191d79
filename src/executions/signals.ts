import type { MessageInitShape } from "@bufbuild/protobuf";

import type { Signal } from "../../gen/flyteidl/admin/signal_pb.js";
import { LiteralSchema, type PrimitiveSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { LiteralTypeSchema, SimpleType } from "../../gen/flyteidl/core/types_pb.js";
import { getOrCreateSignalMethod, setSignalMethod } from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import { InvalidOptionError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
} from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listRows,
  listSignalsRpc,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type ExecutionIdInput,
  requireExecutionId,
  requireSignalId,
  type SignalIdInput,
} from "../values/identifiers/index.js";
import { durationOf, requireMessage, timestampOf } from "../values/index.js";

/** The signals to list. */
export interface SignalQuery extends EntityQuery<"signal"> {
  /** The execution whose signals to list. */
  readonly executionId: ExecutionIdInput;
}

const signalQueryNames: OptionNames<SignalQuery> = { ...entityQueryNames, executionId: true };

/**
 * Lists the signals of an execution, set or not.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listSignals(
  connection: Connection,
  query: SignalQuery,
  options?: ListOptions,
): PagedList<Signal> {
  requireQuery(query, signalQueryNames, "an object with executionId");
  const workflowExecutionId = requireExecutionId(
    query.executionId,
    requireDefaults(connection),
    "executionId",
  );
  return listRows(connection, listSignalsRpc, { scope: { workflowExecutionId }, query }, options);
}

/**
 * Gets a signal, and creates it when there is none. The execution need not exist.
 *
 * FlyteAdmin offers this over gRPC only.
 *
 * @throws InvalidIdentifierError before the call; UnsupportedByTransportError over REST;
 *   AlreadyExistsError when the signal has another type
 */
export async function getOrCreateSignal(
  connection: Connection,
  id: SignalIdInput,
  type: SignalType,
  options?: CallOptions,
): Promise<Signal> {
  const signal = requireSignalId(id, requireDefaults(connection));
  const request = { id: signal, type: signalLiteralType(type) };
  return callUnary(connection, getOrCreateSignalMethod, request, options);
}

/**
 * Sets a signal, which lets its gate node continue. A signal that is set may be set again.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when
 *   the signal does not exist, or it has another type
 */
export async function setSignal(
  connection: Connection,
  id: SignalIdInput,
  value: SignalValue,
  options?: CallOptions,
): Promise<void> {
  const signal = requireSignalId(id, requireDefaults(connection));
  const request = { id: signal, value: signalLiteral(value) };
  await callUnary(connection, setSignalMethod, request, options);
}

/**
 * Approves what a gate node asks: sets a boolean signal to true.
 *
 * @throws as `setSignal`
 */
export async function approveSignal(
  connection: Connection,
  id: SignalIdInput,
  options?: CallOptions,
): Promise<void> {
  await setSignal(connection, id, { boolean: true }, options);
}

/**
 * Rejects what a gate node asks: sets a boolean signal to false.
 *
 * @throws as `setSignal`
 */
export async function rejectSignal(
  connection: Connection,
  id: SignalIdInput,
  options?: CallOptions,
): Promise<void> {
  await setSignal(connection, id, { boolean: false }, options);
}

/** The values that a signal of each simple type takes. */
export interface SignalValues {
  /** The value of a boolean signal. */
  readonly boolean: boolean;
  /** A number must be a safe integer. */
  readonly integer: bigint | number;
  /** The value of a float signal. */
  readonly float: number;
  /** The value of a string signal. */
  readonly string: string;
  /** The value of a datetime signal. */
  readonly datetime: Date;
  /** The value of a duration signal, in milliseconds. */
  readonly durationMs: number;
}

/** The simple type of a signal, named as its value is. */
export type SignalKind = keyof SignalValues;

/** A value with its type, as in `{ boolean: true }`; `{ literal }` is for types that are not simple. */
export type SignalValue =
  | { readonly [K in SignalKind]: Pick<SignalValues, K> }[SignalKind]
  | { readonly literal: MessageInitShape<typeof LiteralSchema> };

/** A type of signal: the name of a simple one, or any literal type. */
export type SignalType = SignalKind | MessageInitShape<typeof LiteralTypeSchema>;

const valueNames: OptionNames<SignalValue> = {
  /** The value of a boolean signal. */
  boolean: true,
  integer: true,
  float: true,
  string: true,
  datetime: true,
  durationMs: true,
  literal: true,
};

type PrimitiveValue = NonNullable<MessageInitShape<typeof PrimitiveSchema>["value"]>;

/** The name of each simple type, and its form on the wire. */
const kinds: {
  readonly [K in SignalKind]: {
    readonly type: SimpleType;
    readonly primitive: (value: SignalValues[K]) => PrimitiveValue;
  };
} = {
  /** The value of a boolean signal. */
  boolean: { type: SimpleType.BOOLEAN, primitive: (value) => ({ case: "boolean", value }) },
  integer: {
    type: SimpleType.INTEGER,
    primitive: (value) => ({ case: "integer", value: requireInt64(value) }),
  },
  float: { type: SimpleType.FLOAT, primitive: (value) => ({ case: "floatValue", value }) },
  string: { type: SimpleType.STRING, primitive: (value) => ({ case: "stringValue", value }) },
  datetime: {
    type: SimpleType.DATETIME,
    primitive: (value) => ({ case: "datetime", value: timestampOf(value) }),
  },
  durationMs: {
    type: SimpleType.DURATION,
    primitive: (value) => ({ case: "duration", value: durationOf(value) }),
  },
};

/**
 * The literal type that a caller named.
 *
 * @throws InvalidOptionError when the type does not exist
 */
function signalLiteralType(type: SignalType): MessageInitShape<typeof LiteralTypeSchema> {
  if (typeof type !== "string") return requireMessage(LiteralTypeSchema, type, "type");
  return { type: { case: "simple", value: requireOneOf(kinds, type, "type").type } };
}

/**
 * The literal that a caller passed.
 *
 * @throws InvalidOptionError when the value names no type that a signal can have
 */
function signalLiteral(value: SignalValue): MessageInitShape<typeof LiteralSchema> {
  requireKnownOptions(value, valueNames, "value", "an object such as { boolean: true }");
  if ("literal" in value) return requireMessage(LiteralSchema, value.literal, "value.literal");
  const primitive = primitiveOf(value);
  if (primitive === undefined) {
    throw new InvalidOptionError(
      `value must have one of the properties ${Object.keys(kinds).join(", ")} or literal, as in { boolean: true }`,
      { option: "value" },
    );
  }
  return {
    value: {
      case: "scalar",
      value: { value: { case: "primitive", value: { value: primitive } } },
    },
  };
}

function requireInt64(value: bigint | number): bigint {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw invalidOption("value.integer", "an integer of 64 bits, and a bigint above 2^53", value);
}

function primitiveOf(value: Partial<SignalValues>): PrimitiveValue | undefined {
  if (value.boolean !== undefined) return kinds.boolean.primitive(value.boolean);
  if (value.integer !== undefined) return kinds.integer.primitive(value.integer);
  if (value.float !== undefined) return kinds.float.primitive(value.float);
  if (value.string !== undefined) return kinds.string.primitive(value.string);
  if (value.datetime !== undefined) return kinds.datetime.primitive(value.datetime);
  if (value.durationMs !== undefined) return kinds.durationMs.primitive(value.durationMs);
  return undefined;
}
