import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  BinarySchema,
  PrimitiveSchema,
  type Scalar,
  VoidSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { ErrorSchema, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { type SecondsAndNanos, timestampOf } from "../times.js";
import { expected, type Place } from "./literal-error.js";
import type { BinaryCodec } from "./msgpack.js";
import { isRecord, toJsonObject, toPlainValue } from "./plain-value.js";

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** The scalar for a value of a simple type. */
export function simpleToScalar(
  value: unknown,
  type: SimpleType,
  codec: BinaryCodec | undefined,
  place: Place,
): Scalar["value"] {
  switch (type) {
    case SimpleType.NONE:
      if (value !== null && value !== undefined) throw expected(place.path, "null", value);
      return { case: "noneType", value: create(VoidSchema) };
    case SimpleType.INTEGER:
      return primitive({ case: "integer", value: toInteger(value, place) });
    case SimpleType.FLOAT:
      if (typeof value !== "number") throw expected(place.path, "a number", value);
      return primitive({ case: "floatValue", value });
    case SimpleType.STRING:
      if (typeof value !== "string") throw expected(place.path, "a string", value);
      return stringScalar(value);
    case SimpleType.BOOLEAN:
      if (typeof value !== "boolean") throw expected(place.path, "a boolean", value);
      return primitive({ case: "boolean", value });
    case SimpleType.DATETIME:
      return primitive({ case: "datetime", value: toTimestamp(value, place) });
    case SimpleType.DURATION:
      return primitive({ case: "duration", value: toDuration(value, place) });
    case SimpleType.BINARY:
      return binary(value, codec, place);
    case SimpleType.ERROR:
      return error(value, place);
    case SimpleType.STRUCT:
      if (isBinary(value) || codec !== undefined) return binary(value, codec, place);
      return { case: "generic", value: toJsonObject(value, place) };
  }
}

/** The scalar for a text. */
export function stringScalar(value: string): Scalar["value"] {
  return primitive({ case: "stringValue", value });
}

function primitive(
  value: NonNullable<MessageInitShape<typeof PrimitiveSchema>["value"]>,
): Scalar["value"] {
  return { case: "primitive", value: create(PrimitiveSchema, { value }) };
}

function toInteger(value: unknown, place: Place): bigint {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return BigInt(value);
    const what = Number.isInteger(value)
      ? "a bigint, since a number this large is not exact"
      : "an integer";
    throw expected(place.path, what, value);
  }
  if (typeof value !== "bigint") throw expected(place.path, "an integer", value);
  if (value < int64.min || value > int64.max)
    throw expected(place.path, "an integer of 64 bits", value);
  return value;
}

function binary(value: unknown, codec: BinaryCodec | undefined, place: Place): Scalar["value"] {
  if (isBinary(value)) {
    return { case: "binary", value: create(BinarySchema, { value: value.value, tag: value.tag }) };
  }
  if (codec === undefined) {
    throw expected(
      place.path,
      "binary data ({ value, tag }), or a codec in the option binary",
      value,
    );
  }
  const bytes = codec.encode(toPlainValue(value, place));
  return { case: "binary", value: create(BinarySchema, { value: bytes, tag: codec.tag }) };
}

function isBinary(value: unknown): value is { value: Uint8Array; tag: string } {
  return (
    isRecord(value) && value["value"] instanceof Uint8Array && typeof value["tag"] === "string"
  );
}

function error(value: unknown, place: Place): Scalar["value"] {
  if (!isRecord(value) || typeof value["message"] !== "string") {
    throw expected(place.path, "an error ({ message, failedNodeId })", value);
  }
  const failedNodeId = value["failedNodeId"];
  const node = typeof failedNodeId === "string" ? failedNodeId : "";
  return {
    case: "error",
    value: create(ErrorSchema, { message: value["message"], failedNodeId: node }),
  };
}

const billion = 1_000_000_000;
/** The seconds of 0001-01-01 and 9999-12-31, the first and last day that a Timestamp has. */
const timestampSeconds = { min: -62_135_596_800n, max: 253_402_300_799n };
/** About 10,000 years either way. */
const maxDurationSeconds = 315_576_000_000n;

/** The fields of a Timestamp, from a Date or a Timestamp. */
function toTimestamp(value: unknown, place: Place): SecondsAndNanos {
  const found =
    value instanceof Date ? fromDate(value) : secondsAndNanos(value, "google.protobuf.Timestamp");
  if (
    found === undefined ||
    found.nanos < 0 ||
    found.seconds < timestampSeconds.min ||
    found.seconds > timestampSeconds.max
  ) {
    const hint = typeof value === "string" ? " (write new Date(…) for a string)" : "";
    throw expected(place.path, `a Date, or a Timestamp, of the years 1 to 9999${hint}`, value);
  }
  return found;
}

/** The fields of a Duration, from an object with seconds and nanos. */
function toDuration(value: unknown, place: Place): SecondsAndNanos {
  const found = secondsAndNanos(value, "google.protobuf.Duration");
  const oneSign =
    found !== undefined &&
    (found.seconds === 0n || found.nanos === 0 || found.seconds > 0n === found.nanos > 0);
  const size = found === undefined || found.seconds >= 0n ? found?.seconds : -found.seconds;
  if (!oneSign || size === undefined || size > maxDurationSeconds) {
    throw expected(place.path, "a duration ({ seconds: a bigint, nanos })", value);
  }
  return found;
}

function fromDate(date: Date): SecondsAndNanos | undefined {
  return Number.isNaN(date.getTime()) ? undefined : timestampOf(date);
}

/** A Duration and a Timestamp have the same fields, so a message must be of the right type. */
function secondsAndNanos(value: unknown, typeName: string): SecondsAndNanos | undefined {
  if (!isRecord(value) || (value["$typeName"] ?? typeName) !== typeName) return undefined;
  const { seconds, nanos } = value;
  if (typeof seconds !== "bigint" || typeof nanos !== "number" || !Number.isInteger(nanos))
    return undefined;
  return Math.abs(nanos) < billion ? { seconds, nanos } : undefined;
}
