import {
  type DescEnum,
  type DescField,
  type DescMessage,
  fromJsonString,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { reflect, type ReflectMessage, type ScalarValue } from "@bufbuild/protobuf/reflect";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { AnySchema, ValueSchema } from "@bufbuild/protobuf/wkt";

import { fieldOf } from "../fields.js";
import { type JsonNode, parseJson } from "./parse-json.js";
import { hasOwnJson } from "./well-known.js";

/** JSON that does not fit a message, reported as Go's protojson does: with line and column. */
class JsonMismatch extends Error {
  constructor(message: string) {
    super(message);
    this.name = "JsonMismatch";
  }
}

/** The handling of members that are no field of the message. */
export type UnknownMembers = "refuse" | "skip";

/**
 * Reads a message from JSON. Proto names and lowerCamelCase names are both taken;
 * a blank text is an empty message.
 * @throws JsonSyntaxError for text that is not JSON
 * @throws JsonMismatch for JSON that does not fit the message
 */
export function readJson(
  message: ReflectMessage,
  text: string,
  unknownMembers: UnknownMembers,
): void {
  const parsed = parseJson(text);
  if (parsed !== undefined) {
    new MessageReader(parsed.text, unknownMembers).message(message, parsed.root);
  }
}

class MessageReader {
  readonly #text: string;
  readonly #unknownMembers: UnknownMembers;

  constructor(text: string, unknownMembers: UnknownMembers) {
    this.#text = text;
    this.#unknownMembers = unknownMembers;
  }

  message(message: ReflectMessage, node: JsonNode): void {
    if (node.kind !== "object") return this.#unexpected(node);
    const seen = new Set<number>();
    for (const { name, value } of node.members) {
      const field = fieldOf(message.desc, name.value);
      if (field === undefined) {
        if (this.#unknownMembers === "skip") continue;
        this.#fail(name, `unknown field ${this.#raw(name)}`);
      }
      if (seen.has(field.number)) this.#fail(name, `duplicate field ${this.#raw(name)}`);
      seen.add(field.number);
      if (value.kind === "null" && !takesNull(field)) continue;
      if (field.oneof !== undefined && message.oneofCase(field.oneof) !== undefined) {
        this.#fail(
          name,
          `error parsing ${this.#raw(name)}, oneof ${message.desc.typeName}.${field.oneof.name} is already set`,
        );
      }
      this.#field(message, field, value);
    }
  }

  #field(message: ReflectMessage, field: DescField, node: JsonNode): void {
    switch (field.fieldKind) {
      case "list": {
        if (node.kind !== "array") return this.#unexpected(node);
        const list = message.get(field);
        for (const item of node.items) {
          this.#add(field, item, (value) => {
            list.add(value);
          });
        }
        return;
      }
      case "map": {
        if (node.kind !== "object") return this.#unexpected(node);
        const map = message.get(field);
        for (const { name, value } of node.members) {
          const key = this.#mapKey(field, name);
          this.#add(field, value, (element) => map.set(key, element));
        }
        return;
      }
      case "message":
        message.set(field, this.#newMessage(field.message, field, node));
        return;
      case "enum":
        this.#add(field, node, (value) => {
          message.set(field, value);
        });
        return;
      case "scalar":
        message.set(field, this.#scalar(field.scalar, field, node));
    }
  }

  /** Hands an element on, but not an enum value that is unknown and may be skipped. */
  #add(field: DescField, node: JsonNode, add: (value: unknown) => void): void {
    if (field.message !== undefined) {
      add(this.#newMessage(field.message, field, node));
    } else if (field.enum !== undefined) {
      const number = this.#enum(field.enum, field, node);
      if (number !== undefined) add(number);
    } else {
      add(this.#scalar(field.scalar, field, node));
    }
  }

  #newMessage(desc: DescMessage, field: DescField, node: JsonNode): ReflectMessage {
    if (!hasOwnJson(desc) && desc.typeName !== AnySchema.typeName) {
      const child = reflect(desc);
      this.message(child, node);
      return child;
    }
    return reflect(desc, this.#wellKnown(desc, field, node));
  }

  #wellKnown(desc: DescMessage, field: DescField, node: JsonNode): Message {
    try {
      return fromJsonString(desc, this.#raw(node));
    } catch {
      if (node.kind === "object" || node.kind === "array") return this.#unexpected(node);
      const shown = node.kind === "string" ? JSON.stringify(node.value) : this.#raw(node);
      return this.#fail(
        node,
        desc.typeName.endsWith("Value")
          ? `invalid value for ${scalarOf(desc)} field ${field.jsonName}: ${this.#raw(node)}`
          : `invalid ${desc.typeName} value ${shown}`,
      );
    }
  }

  #enum(desc: DescEnum, field: DescField, node: JsonNode): number | undefined {
    if (node.kind === "null") return 0;
    if (node.kind === "string") {
      const known = desc.values.find((value) => value.name === node.value);
      if (known !== undefined) return known.number;
      if (this.#unknownMembers === "skip") return undefined;
    }
    if (node.kind === "number") {
      const number = Number(node.raw);
      if (Number.isInteger(number) && Math.abs(number) < 2 ** 31) return number;
    }
    return this.#invalid("enum", field, node);
  }

  #mapKey(
    field: DescField & { fieldKind: "map" },
    name: JsonNode & { kind: "string" },
  ): string | number | bigint | boolean {
    if (field.mapKey === ScalarType.STRING) return name.value;
    if (field.mapKey === ScalarType.BOOL) {
      if (name.value === "true" || name.value === "false") return name.value === "true";
      this.#fail(name, `invalid value for bool key: ${this.#raw(name)}`);
    }
    const key = integerOf(field.mapKey, name.value);
    return (
      key ?? this.#fail(name, `invalid value for ${kindOf(field.mapKey)} key: ${this.#raw(name)}`)
    );
  }

  #scalar(scalar: ScalarType, field: DescField, node: JsonNode): ScalarValue {
    const value = scalarFrom(scalar, node);
    return value ?? this.#invalid(kindOf(scalar), field, node);
  }

  #invalid(kind: string, field: DescField, node: JsonNode): never {
    if (node.kind === "object" || node.kind === "array") return this.#unexpected(node);
    return this.#fail(
      node,
      `invalid value for ${kind} field ${field.jsonName}: ${this.#raw(node)}`,
    );
  }

  #unexpected(node: JsonNode): never {
    const raw = this.#raw(node);
    const token = node.kind === "object" || node.kind === "array" ? raw.charAt(0) : raw;
    throw new JsonMismatch(`proto: syntax error ${this.#place(node)}: unexpected token ${token}`);
  }

  #fail(node: JsonNode, text: string): never {
    throw new JsonMismatch(`proto: ${this.#place(node)}: ${text}`);
  }

  #place(node: JsonNode): string {
    const lines = this.#text.slice(0, node.start).split("\n");
    return `(line ${lines.length}:${codePoints(lines.at(-1) ?? "") + 1})`;
  }

  #raw(node: JsonNode): string {
    return this.#text.slice(node.start, node.end);
  }
}

function takesNull(field: DescField): boolean {
  return (
    (field.fieldKind === "message" && field.message.typeName === ValueSchema.typeName) ||
    (field.fieldKind === "enum" && field.enum.typeName === "google.protobuf.NullValue")
  );
}

function scalarFrom(scalar: ScalarType, node: JsonNode): ScalarValue | undefined {
  switch (scalar) {
    case ScalarType.STRING:
      return node.kind === "string" ? node.value : undefined;
    case ScalarType.BOOL:
      return node.kind === "boolean" ? node.value : undefined;
    case ScalarType.BYTES:
      return node.kind === "string" ? bytesOf(node.value) : undefined;
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return floatingOf(scalar, node);
    default:
      if (node.kind === "number") return integerOf(scalar, node.raw);
      return node.kind === "string" ? integerOf(scalar, node.value) : undefined;
  }
}

function floatingOf(scalar: ScalarType, node: JsonNode): number | undefined {
  if (node.kind !== "number" && node.kind !== "string") return undefined;
  const text = node.kind === "number" ? node.raw : node.value;
  if (node.kind === "string") {
    if (["NaN", "Infinity", "-Infinity"].includes(text)) return Number(text);
    if (!/^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text)) return undefined;
  }
  const value = Number(text);
  const fits =
    scalar === ScalarType.FLOAT ? Number.isFinite(Math.fround(value)) : Number.isFinite(value);
  return fits ? value : undefined;
}

/** A whole number in any notation, such as `100`, `1e2` and `100.0`, if it is in range. */
function integerOf(scalar: ScalarType, text: string): number | bigint | undefined {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const scale = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && digits % scale !== 0n) return undefined;
  const size = shift < 0 ? digits / scale : digits * scale;
  const value = sign === "-" ? -size : size;
  const [bits, signed] = rangeOf(scalar);
  const end = 1n << BigInt(signed ? bits - 1 : bits);
  if (value >= end || value < (signed ? -end : 0n)) return undefined;
  return bits === 64 ? value : Number(value);
}

function rangeOf(scalar: ScalarType): readonly [bits: 32 | 64, signed: boolean] {
  const kind = kindOf(scalar);
  const unsigned = kind.startsWith("u") || kind.startsWith("fixed");
  return [kind.endsWith("64") ? 64 : 32, !unsigned];
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    return base64Decode(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}

function kindOf(scalar: ScalarType): string {
  return ScalarType[scalar].toLowerCase();
}

function scalarOf(desc: DescMessage): string {
  const field = desc.fields.find((candidate) => candidate.fieldKind === "scalar");
  return field?.scalar === undefined ? "message" : kindOf(field.scalar);
}

function codePoints(text: string): number {
  return Array.from(text).length;
}
