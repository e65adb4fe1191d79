import {
  type DescEnum,
  type DescField,
  type DescMessage,
  type MessageShape,
  ScalarType,
} from "@bufbuild/protobuf";
import { isReflectMessage, reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";

import { formatFloat } from "./float.js";

/** Between two fields; the recorded build of the server prints two spaces here. */
const separator = "  ";

/**
 * A message as the server prints it into its error texts: prototext on one
 * line, unset fields left out.
 */
export function messageText<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc> | undefined,
): string {
  return message === undefined ? "<nil>" : reflectText(reflect(schema, message));
}

function reflectText(message: ReflectMessage): string {
  const parts: string[] = [];
  for (const field of message.sortedFields) {
    if (!message.isSet(field)) continue;
    for (const value of fieldTexts(message, field)) parts.push(`${field.name}:${value}`);
  }
  return parts.join(separator);
}

function fieldTexts(message: ReflectMessage, field: DescField): string[] {
  switch (field.fieldKind) {
    case "list":
      return [...message.get(field)].map((item) => itemText(item, field));
    case "map":
      return [...message.get(field)]
        .sort(([a], [b]) => compareKeys(a, b))
        .map(
          ([key, value]) => `{key:${scalarText(key)}${separator}value:${itemText(value, field)}}`,
        );
    default:
      return [itemText(message.get(field), field)];
  }
}

function compareKeys(a: unknown, b: unknown): number {
  const [left, right] =
    typeof a === "string" || typeof b === "string"
      ? [String(a), String(b)]
      : [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function itemText(value: unknown, field: DescField): string {
  if (isReflectMessage(value)) return `{${reflectText(value)}}`;
  if (field.enum !== undefined && typeof value === "number") return enumText(field.enum, value);
  const single = field.scalar === ScalarType.FLOAT;
  return typeof value === "number" && (single || field.scalar === ScalarType.DOUBLE)
    ? formatFloat(value, single)
    : scalarText(value);
}

function enumText(desc: DescEnum, value: number): string {
  return desc.value[value]?.name ?? String(value);
}

function scalarText(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value instanceof Uint8Array) return quoteBytes(value);
  return String(value);
}

/** A string in prototext's quotes. */
function quote(text: string): string {
  let quoted = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    quoted += escapes.get(char) ?? (code < 0x20 || code === 0x7f ? hexEscape(code) : char);
  }
  return `"${quoted}"`;
}

function quoteBytes(bytes: Uint8Array): string {
  let quoted = "";
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    quoted += escapes.get(char) ?? (byte < 0x20 || byte >= 0x7f ? hexEscape(byte) : char);
  }
  return `"${quoted}"`;
}

function hexEscape(code: number): string {
  return `\\x${code.toString(16).padStart(2, "0")}`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);
