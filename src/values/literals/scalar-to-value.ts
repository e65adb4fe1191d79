import { timestampDate } from "@bufbuild/protobuf/wkt";

import type { Binary, Primitive, Scalar } from "../../../gen/flyteidl/core/literals_pb.js";
import { expected, LiteralError } from "./literal-error.js";
import type { LiteralToValueOptions } from "./literal-to-value.js";
import type { LiteralValue } from "./literal-value.js";
import { toPlainValue } from "./plain-value.js";
import { blobRef, schemaRef, structuredDatasetRef } from "./references.js";
import type { Place } from "./walk.js";

/** The value of a scalar that is no union. */
export function scalarToValue(
  { value: scalar }: Scalar,
  options: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  switch (scalar.case) {
    case "primitive":
      return primitive(scalar.value, options, place);
    case "binary":
      return binary(scalar.value, options, place);
    case "generic":
      return scalar.value;
    case "noneType":
      return null;
    case "error":
      return {
        kind: "error",
        failedNodeId: scalar.value.failedNodeId,
        message: scalar.value.message,
      };
    case "blob":
      return blobRef(scalar.value);
    case "schema":
      return schemaRef(scalar.value);
    case "structuredDataset":
      return structuredDatasetRef(scalar.value);
    case "union":
    case undefined:
      throw new LiteralError(place.path, "the literal holds nothing");
  }
}

function primitive(
  { value }: Primitive,
  options: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  switch (value.case) {
    case "integer":
      return options.integers === "number" ? toSafeNumber(value.value, place) : value.value;
    case "datetime":
      return options.datetimes === "timestamp" ? value.value : timestampDate(value.value);
    case undefined:
      throw new LiteralError(place.path, "the literal holds nothing");
    default:
      return value.value;
  }
}

function toSafeNumber(value: bigint, place: Place): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw expected(place.path, 'an integer that a number can hold (or integers: "bigint")', value);
}

function binary(
  { value, tag }: Binary,
  { binary: codec }: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  if (codec?.tag !== tag) return { kind: "binary", value, tag };
  let decoded: unknown;
  try {
    decoded = codec.decode(value);
  } catch {
    throw new LiteralError(place.path, `the ${value.length} bytes do not decode as ${tag}`);
  }
  return toPlainValue(decoded, place);
}
