import {
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";

import type { VariableMap } from "../../../gen/flyteidl/core/interface_pb.js";
import type { LiteralMap } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  LiteralTypeSchema,
  SchemaTypeSchema,
  StructuredDatasetTypeSchema,
} from "../../../gen/flyteidl/core/types_pb.js";
import {
  file_google_protobuf_duration,
  file_google_protobuf_timestamp,
} from "../../../gen/google/protobuf/well_known.js";
import { toBase64 } from "../../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { literalsToValues } from "./literal-maps.js";
import { type BinaryDecoder, msgpackDecoder } from "./msgpack.js";
import { setMember } from "./plain-value.js";

/** Options for {@link literalsToJson}. */
export interface LiteralsToJsonOptions {
  /**
   * The inputs or outputs of the interface; each literal must have its type.
   * @defaultValue the types that the literals themselves have
   */
  readonly variables?: VariableMap | undefined;
  /**
   * Decodes binary literals of its tag.
   * @defaultValue `msgpack`, which flytekit 1.14 and later write dataclasses and dicts in
   */
  readonly binary?: BinaryDecoder | undefined;
}

const optionNames: OptionNames<LiteralsToJsonOptions> = { variables: true, binary: true };

/**
 * Returns inputs or outputs as plain JSON, by name: what `JSON.stringify` takes and a page can show.
 *
 * Integers are numbers, or strings beyond 2^53; datetimes are ISO strings with up to nine digits of a second;
 * durations are strings such as `"3.5s"`; NaN and the infinities are strings; bytes are base64. Blobs, datasets
 * and other references are objects with their `kind` and `uri`. Unions are the value that they hold.
 *
 * @throws LiteralError as {@link literalsToValues} does
 */
export function literalsToJson(
  literals: LiteralMap,
  options: LiteralsToJsonOptions = {},
): JsonObject {
  const { variables, binary = msgpackDecoder } = requireKnownOptions(options, optionNames);
  const json: JsonObject = {};
  const values = literalsToValues(literals, { variables, binary, datetimes: "timestamp" });
  for (const [name, value] of Object.entries(values)) setMember(json, name, toPlainJson(value));
  return json;
}

/** Messages within values: times, and the types of references. */
const messageSchemas: readonly DescMessage[] = [
  ...file_google_protobuf_timestamp.messages,
  ...file_google_protobuf_duration.messages,
  SchemaTypeSchema,
  StructuredDatasetTypeSchema,
  LiteralTypeSchema,
];

function toPlainJson(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint": {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : value.toString();
    }
    case "object":
      return value === null ? null : objectToJson(value);
    default:
      return null;
  }
}

function objectToJson(value: object): JsonValue {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (isMessage(value)) {
    const schema = messageSchemas.find(({ typeName }) => typeName === value.$typeName);
    if (schema !== undefined) return toJson(schema, value);
  }
  const json: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined) setMember(json, key, toPlainJson(inner));
  }
  return json;
}

function isMessage(value: object): value is Message {
  return "$typeName" in value && typeof value.$typeName === "string";
}
