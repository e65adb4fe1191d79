import {
  type JsonObject,
  mergeFromBinary,
  ScalarType,
  type UnknownField,
} from "@bufbuild/protobuf";
import type { Struct } from "@bufbuild/protobuf/wkt";
import { scalarZeroValue } from "@bufbuild/protobuf/reflect";

import { type ByteReader, lengthDelimited } from "./byte-reader.js";
import type { FieldPlan, MessagePlan, OpenMessage } from "./message-plan.js";
import { readScalar } from "./read-scalar.js";
import { jsonOfStruct } from "./struct-json.js";

/** How deep messages may nest, the outermost included: as deep as protobuf-es lets them. */
const maxDepth = 100;

/**
 * Reads fields into a message up to `end`.
 *
 * @param depth How deep the message is nested; 1 for the outermost.
 * @throws Error when the bytes are no such message.
 */
export function readMessage(
  reader: ByteReader,
  plan: MessagePlan,
  message: OpenMessage,
  end: number,
  depth: number,
): void {
  if (depth > maxDepth) throw new Error(`messages nest deeper than ${maxDepth} levels`);
  if (!plan.isProto3) {
    const recursionLimit = maxDepth - depth + 1;
    mergeFromBinary(plan.desc, message, reader.take(end - reader.at), { recursionLimit });
    return;
  }
  while (reader.at < end) readField(reader, plan, message, reader.tag(), depth);
}

/** Reads one field behind its tag into a message that is nested at `depth`. @throws Error when it is broken. */
export function readField(
  reader: ByteReader,
  plan: MessagePlan,
  message: OpenMessage,
  tag: number,
  depth: number,
): void {
  const field = plan.fields[tag >>> 3];
  if (field === undefined) {
    (message.$unknown ??= []).push(readUnknown(reader, tag, maxDepth - depth));
    return;
  }
  switch (field.shape) {
    case "scalar":
    case "message":
      put(message, field, readValue(reader, field, currentValue(message, field), depth));
      return;
    case "list":
      readItems(reader, field, message[field.name] as unknown[], tag & 7, depth);
      return;
    case "map":
      readEntry(reader, field, message[field.name] as Record<string, unknown>, depth);
  }
}

function readUnknown(reader: ByteReader, tag: number, depthLeft: number): UnknownField {
  const wireType: number = tag & 7;
  const data = reader.skip(tag, depthLeft);
  if (!isWireType(wireType)) throw new Error(`there is no wire type ${wireType}`);
  return { no: tag >>> 3, wireType, data };
}

function isWireType(wireType: number): wireType is UnknownField["wireType"] {
  return wireType <= 5;
}

/** What the field holds by now. */
function currentValue(message: OpenMessage, { name, oneof }: FieldPlan): unknown {
  if (oneof === undefined) return message[name];
  const now = message[oneof] as { readonly case?: string; readonly value?: unknown };
  return now.case === name ? now.value : undefined;
}

function put(message: OpenMessage, { name, oneof }: FieldPlan, value: unknown): void {
  if (oneof === undefined) message[name] = value;
  else message[oneof] = { case: name, value };
}

/** One value; a message is read into the one that is there already. */
function readValue(reader: ByteReader, field: FieldPlan, current: unknown, depth: number): unknown {
  if (field.scalar !== undefined) return readScalar(reader, field.scalar);
  const plan = field.messages();
  const end = reader.uint32() + reader.at;
  if (field.form === "message") {
    const message = (current as OpenMessage | undefined) ?? plan.create();
    readMessage(reader, plan, message, end, depth + 1);
    return message;
  }
  const message = plan.create();
  if (field.form === "wrapper" && current !== undefined) message["value"] = current;
  readMessage(reader, plan, message, end, depth + 1);
  if (field.form === "wrapper") return message["value"];
  return { ...(current as JsonObject | undefined), ...jsonOfStruct(message as Struct) };
}

function readItems(
  reader: ByteReader,
  field: FieldPlan,
  list: unknown[],
  wireType: number,
  depth: number,
): void {
  const { scalar } = field;
  const isPacked =
    wireType === lengthDelimited &&
    scalar !== undefined &&
    scalar !== ScalarType.STRING &&
    scalar !== ScalarType.BYTES;
  if (!isPacked) {
    list.push(readValue(reader, field, undefined, depth));
    return;
  }
  const end = reader.uint32() + reader.at;
  while (reader.at < end) list.push(readScalar(reader, scalar));
}

/** One entry of a map; as in protobuf-es, a field of it that is neither key nor value is not stepped over. */
function readEntry(
  reader: ByteReader,
  field: FieldPlan,
  map: Record<string, unknown>,
  depth: number,
): void {
  let key: ReturnType<typeof readScalar> | undefined;
  let value: unknown;
  const end = reader.uint32() + reader.at;
  while (reader.at < end) {
    const number = reader.tag() >>> 3;
    if (number === 1) key = readScalar(reader, field.key);
    else if (number === 2) value = readValue(reader, field, undefined, depth);
  }
  key ??= scalarZeroValue(field.key, false);
  map[String(key)] = value ?? zeroValue(field);
}

function zeroValue({ scalar, form, messages }: FieldPlan): unknown {
  if (scalar !== undefined) return scalarZeroValue(scalar, false);
  return form === "struct" ? {} : messages().create();
}
