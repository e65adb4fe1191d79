import {
  type DescEnum,
  type DescField,
  type DescMessage,
  fromBinary,
  type JsonValue,
  type Message,
  type Registry,
  ScalarType,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { isReflectMessage, reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { anyUnpack, AnySchema } from "@bufbuild/protobuf/wkt";

import { hasOwnJson } from "./well-known.js";

/** How fields are named: as in the IDL, or in lowerCamelCase. */
export type FieldNames = "proto" | "json";

/** How a message is written. */
export interface JsonStyle {
  readonly names: FieldNames;
  /** Where the types of `Any` are found. */
  readonly registry: Registry;
}

/**
 * Writes a message as the gateway does: fields that are not set are there all
 * the same, a message as `null`, but for members of a oneof.
 * @throws Error for what has no JSON form, such as a time out of range
 */
export function writeJson(desc: DescMessage, message: Message, style: JsonStyle): JsonValue {
  return writeMessage(reflect(desc, message), style);
}

function writeMessage(message: ReflectMessage, style: JsonStyle): JsonValue {
  const { desc } = message;
  if (desc.typeName === AnySchema.typeName) return writeAny(message, style);
  if (hasOwnJson(desc)) return toJson(desc, message.message);
  const out: Record<string, JsonValue> = {};
  for (const field of desc.fields) {
    const set = message.isSet(field);
    if (!set && field.oneof !== undefined) continue;
    // `optional` fields are members of a oneof of their own to the server.
    if (!set && field.proto.proto3Optional) continue;
    const name = style.names === "proto" ? field.name : field.jsonName;
    out[name] = !set && field.fieldKind === "message" ? null : writeField(message, field, style);
  }
  return out;
}

function writeField(message: ReflectMessage, field: DescField, style: JsonStyle): JsonValue {
  switch (field.fieldKind) {
    case "scalar":
      return writeScalar(field.scalar, message.get(field));
    case "enum":
      return writeEnum(field.enum, message.get(field));
    case "message":
      return writeMessage(message.get(field), style);
    case "list":
      return [...message.get(field)].map((item) => writeElement(field, item, style));
    case "map":
      return Object.fromEntries(
        [...message.get(field)].map(([key, value]) => [
          String(key),
          writeElement(field, value, style),
        ]),
      );
  }
}

function writeElement(
  field: DescField & { fieldKind: "list" | "map" },
  value: unknown,
  style: JsonStyle,
): JsonValue {
  if (field.message !== undefined && isReflectMessage(value, field.message)) {
    return writeMessage(value, style);
  }
  if (field.enum !== undefined) return writeEnum(field.enum, value);
  return writeScalar(field.scalar ?? ScalarType.STRING, value);
}

function writeEnum(desc: DescEnum, value: unknown): JsonValue {
  const number = Number(value);
  if (desc.typeName === "google.protobuf.NullValue") return null;
  return desc.value[number]?.name ?? number;
}

function writeScalar(scalar: ScalarType, value: unknown): JsonValue {
  if (value instanceof Uint8Array) return base64Encode(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return String(value);
    return scalar === ScalarType.FLOAT ? shortestFloat(value) : value;
  }
  return typeof value === "boolean" ? value : String(value);
}

function writeAny(message: ReflectMessage, style: JsonStyle): JsonValue {
  const any = fromBinary(AnySchema, toBinary(message.desc, message.message));
  if (any.typeUrl === "") return {};
  const content = anyUnpack(any, style.registry);
  const desc = content === undefined ? undefined : style.registry.getMessage(content.$typeName);
  if (content === undefined || desc === undefined) {
    throw new Error(`unable to resolve ${JSON.stringify(any.typeUrl)}: not found`);
  }
  const value = writeMessage(reflect(desc, content), style);
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return hasOwnJson(desc) || !isPlain
    ? { "@type": any.typeUrl, value }
    : { "@type": any.typeUrl, ...value };
}

/** The shortest decimal that is the same 32-bit float. */
function shortestFloat(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
