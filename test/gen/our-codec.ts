import { fromBinary, ScalarType, toBinary } from "@bufbuild/protobuf";
import type { DescMessage } from "@bufbuild/protobuf";
import { isReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { asContent, asList, bytesFromHex, elementKind, hexFromBytes } from "./content.js";
import type { Content, ContentValue, ElementKind } from "./content.js";

/** Writes a content with protobuf-es and our descriptors. */
export function encodeOurs(desc: DescMessage, content: Content): Uint8Array {
  return toBinary(desc, build(desc, content).message);
}

/** Reads bytes with protobuf-es and our descriptors. @throws Error when a field is unknown to them. */
export function decodeOurs(desc: DescMessage, bytes: Uint8Array): Content {
  return read(reflect(desc, fromBinary(desc, bytes)));
}

function build(desc: DescMessage, content: Content): ReflectMessage {
  const message = reflect(desc);
  for (const field of desc.fields) {
    const value = content[field.name];
    if (value === undefined) continue;
    const kind = elementKind(field);
    if (field.fieldKind === "list") {
      const list = message.get(field);
      for (const item of asList(value)) list.add(buildElement(kind, item));
    } else if (field.fieldKind === "map") {
      const map = message.get(field);
      for (const [key, item] of Object.entries(asContent(value)))
        map.set(key, buildElement(kind, item));
    } else {
      message.set(field, buildElement(kind, value));
    }
  }
  return message;
}

function buildElement(kind: ElementKind, value: ContentValue): unknown {
  if (kind.kind === "message") return build(kind.message, asContent(value));
  return kind.kind === "scalar" && kind.scalar === ScalarType.BYTES ? bytesFromHex(value) : value;
}

function read(message: ReflectMessage): Content {
  const unknown = message.getUnknown() ?? [];
  if (unknown.length > 0) {
    throw new Error(
      `${message.desc.typeName}: unknown fields ${unknown.map((field) => field.no).join(", ")}`,
    );
  }
  const content: Record<string, ContentValue> = {};
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (field.fieldKind === "list") {
      content[field.name] = Array.from(message.get(field), readElement);
    } else if (field.fieldKind === "map") {
      content[field.name] = Object.fromEntries(
        Array.from(message.get(field), ([key, item]) => [String(key), readElement(item)]),
      );
    } else {
      content[field.name] = readElement(message.get(field));
    }
  }
  return content;
}

function readElement(value: unknown): ContentValue {
  if (isReflectMessage(value)) return read(value);
  if (value instanceof Uint8Array) return hexFromBytes(value);
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return value;
    default:
      throw new Error(`unexpected value ${String(value)}`);
  }
}
