import { createRequire } from "node:module";
import { ScalarType } from "@bufbuild/protobuf";
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import protobuf from "protobufjs";
import {
  asContent,
  asList,
  bytesFromHex,
  elementKind,
  hexFromBytes,
  isContent,
} from "./content.js";
import type { Content, ContentValue, ElementKind } from "./content.js";

interface StaticCodec {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

// Loaded without its declarations: a megabyte of types that this file does not need.
const root: unknown = createRequire(import.meta.url)("@flyteorg/flyteidl/gen/pb-js/flyteidl.js");

/** Writes a content with the static protobufjs code of @flyteorg/flyteidl. */
export function encodeTheirs(desc: DescMessage, content: Content): Uint8Array {
  return codecOf(desc).encode(build(desc, content)).finish();
}

/** Reads bytes with the static protobufjs code of @flyteorg/flyteidl. */
export function decodeTheirs(desc: DescMessage, bytes: Uint8Array): Content {
  return read(desc, codecOf(desc).decode(bytes));
}

/** Whether @flyteorg/flyteidl has generated code for a message. */
export function isKnownToThem(desc: DescMessage): boolean {
  return isStaticCodec(lookUp(desc.typeName));
}

function codecOf(desc: DescMessage): StaticCodec {
  const codec = lookUp(desc.typeName);
  if (!isStaticCodec(codec)) throw new Error(`@flyteorg/flyteidl has no code for ${desc.typeName}`);
  return codec;
}

function lookUp(typeName: string): unknown {
  return typeName.split(".").reduce<unknown>((scope, name) => member(scope, name), root);
}

function isStaticCodec(value: unknown): value is StaticCodec {
  return (
    typeof member(value, "encode") === "function" && typeof member(value, "decode") === "function"
  );
}

function member(scope: unknown, name: string): unknown {
  if ((typeof scope !== "object" && typeof scope !== "function") || scope === null)
    return undefined;
  return Object.getOwnPropertyDescriptor(scope, name)?.value;
}

function build(desc: DescMessage, content: Content): object {
  const properties: Record<string, unknown> = {};
  for (const field of desc.fields) {
    const value = content[field.name];
    if (value === undefined) continue;
    const kind = elementKind(field);
    properties[propertyName(field)] =
      field.fieldKind === "list"
        ? asList(value).map((item) => buildElement(kind, item))
        : field.fieldKind === "map"
          ? Object.fromEntries(
              Object.entries(asContent(value)).map(([key, item]) => [
                key,
                buildElement(kind, item),
              ]),
            )
          : buildElement(kind, value);
  }
  return properties;
}

/** Their code spells fields in camel case, all but those of Any. */
function propertyName(field: DescField): string {
  return field.parent.typeName === "google.protobuf.Any"
    ? field.name
    : protobuf.util.camelCase(field.name);
}

function buildElement(kind: ElementKind, value: ContentValue): unknown {
  if (kind.kind === "message") return build(kind.message, asContent(value));
  if (kind.kind === "scalar" && kind.scalar === ScalarType.BYTES) return bytesFromHex(value);
  return typeof value === "bigint" ? longFromBigInt(value) : value;
}

function read(desc: DescMessage, message: object): Content {
  const rest = new Map<string, unknown>(Object.entries(message));
  const content: Record<string, ContentValue> = {};
  for (const field of desc.fields) {
    const name = propertyName(field);
    const value = rest.get(name);
    rest.delete(name);
    if (value === undefined) continue;
    const kind = elementKind(field);
    if (field.fieldKind === "list" || field.fieldKind === "map") {
      // Their constructor sets every list and map field to an empty one.
      if (typeof value === "object" && value !== null && Object.keys(value).length === 0) continue;
      content[field.name] = Array.isArray(value)
        ? value.map((item: unknown) => readElement(kind, item))
        : Object.fromEntries(
            Object.entries(value ?? {}).map(([key, item]) => [key, readElement(kind, item)]),
          );
    } else {
      content[field.name] = readElement(kind, value);
    }
  }
  if (rest.size > 0)
    throw new Error(
      `${desc.typeName}: fields of theirs that are not ours: ${[...rest.keys()].join(", ")}`,
    );
  return content;
}

function readElement(kind: ElementKind, value: unknown): ContentValue {
  if (kind.kind === "message") {
    if (!isContent(value))
      throw new Error(`${kind.message.typeName}: unexpected value ${String(value)}`);
    return read(kind.message, value);
  }
  if (value instanceof Uint8Array) return hexFromBytes(value);
  if (isLong(value)) return bigIntFromLong(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  throw new Error(`unexpected value ${String(value)}`);
}

/** How protobufjs holds 64 bits: two signed halves. */
interface Long {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

function longFromBigInt(value: bigint): Long {
  return {
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned: value >= 2n ** 63n,
  };
}

function isLong(value: unknown): value is Long {
  return (
    typeof member(value, "low") === "number" &&
    typeof member(value, "high") === "number" &&
    typeof member(value, "unsigned") === "boolean"
  );
}

function bigIntFromLong(long: Long): bigint {
  const bits = (BigInt(long.high) << 32n) | BigInt.asUintN(32, BigInt(long.low));
  return long.unsigned ? BigInt.asUintN(64, bits) : BigInt.asIntN(64, bits);
}
