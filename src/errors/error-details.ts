import {
  create,
  type DescField,
  type DescMessage,
  fromBinary,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";

import {
  type EventFailureReason,
  EventFailureReasonSchema,
} from "../../gen/flyteidl/admin/event_pb.js";
import {
  type InactiveProject,
  InactiveProjectSchema,
} from "../../gen/flyteidl/admin/project_pb.js";
import {
  type CreateWorkflowFailureReason,
  CreateWorkflowFailureReasonSchema,
} from "../../gen/flyteidl/admin/workflow_pb.js";
import type { ErrorDetail, FlyteError } from "./flyte-error.js";

/**
 * A detail of an error: one of the three messages that FlyteAdmin sends, distinguished by `$typeName`, or anything
 * else as it came.
 */
export type DecodedErrorDetail =
  EventFailureReason | CreateWorkflowFailureReason | InactiveProject | UndecodedDetail;

/** A detail of a type that this package does not know, or whose bytes do not decode. */
export interface UndecodedDetail extends ErrorDetail {
  /** Absent, since the type is unknown. */
  readonly $typeName?: undefined;
}

/**
 * Decodes the details that FlyteAdmin attached to an error. Never throws: what is of another type, or does not
 * decode, stays as it came.
 *
 * @example
 * ```ts
 * const [detail] = readErrorDetails(error);
 * if (detail?.$typeName === "flyteidl.admin.InactiveProject") console.error(detail.id);
 * ```
 */
export function readErrorDetails(error: FlyteError): readonly DecodedErrorDetail[] {
  return error.details.map(
    (detail): DecodedErrorDetail =>
      decodeAs(EventFailureReasonSchema, detail) ??
      decodeAs(CreateWorkflowFailureReasonSchema, detail) ??
      decodeAs(InactiveProjectSchema, detail) ??
      detail,
  );
}

function decodeAs<Desc extends DescMessage>(
  schema: Desc,
  { typeUrl, value, json }: ErrorDetail,
): MessageShape<Desc> | undefined {
  if (!typeUrl.endsWith(`/${schema.typeName}`)) return undefined;
  try {
    return json === undefined ? fromBinary(schema, value) : messageFromJson(schema, json);
  } catch {
    return undefined;
  }
}

/** Returns the details of a Connect error as they came. */
export function detailsOf(error: ConnectError): readonly ErrorDetail[] {
  return error.details.map((detail): ErrorDetail => {
    if ("desc" in detail) {
      const { desc } = detail;
      return {
        typeUrl: typeUrlOf(desc.typeName),
        value: toBinary(desc, create(desc, detail.value)),
      };
    }
    const { type, value, debug } = detail;
    const isJson = value.length === 0 && debug !== undefined;
    return { typeUrl: typeUrlOf(type), value, ...(isJson && { json: debug }) };
  });
}

/** Returns a detail that was written as JSON, with its `@type`, as a Connect error holds it. */
export function detailFromJson(detail: JsonValue): ConnectError["details"][number] | undefined {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return undefined;
  const { "@type": typeUrl, ...debug } = detail;
  if (typeof typeUrl !== "string") return undefined;
  return { type: typeUrl.replace(/^.*\//s, ""), value: new Uint8Array(), debug };
}

function typeUrlOf(typeName: string): string {
  return `type.googleapis.com/${typeName}`;
}

/**
 * A message out of JSON as the gateway writes it, for messages that hold nothing but texts,
 * enums and messages, as the details of FlyteAdmin's errors do. What it does not know is left
 * out. protobuf's own reader of JSON would be a twentieth of a page's bundle.
 */
export function messageFromJson<Desc extends DescMessage>(
  schema: Desc,
  json: JsonValue | undefined,
): MessageShape<Desc> {
  const init: Record<string, unknown> = {};
  const members = typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
  for (const field of schema.fields) {
    const value = fieldFromJson(field, members[field.jsonName] ?? members[field.name]);
    if (value === undefined) continue;
    const { localName, oneof } = field;
    init[oneof?.localName ?? localName] = oneof ? { case: localName, value } : value;
  }
  // What it holds follows from the schema's fields, one by one.
  return create(schema, init as MessageInitShape<Desc>);
}

function fieldFromJson(field: DescField, json: JsonValue | undefined): unknown {
  if (json === undefined || json === null) return undefined;
  switch (field.fieldKind) {
    case "message":
      return messageFromJson(field.message, json);
    case "enum":
      return field.enum.values.find(({ name, number }) => json === name || json === number)?.number;
    case "scalar":
      return typeof json === "string" ? json : undefined;
    default:
      return undefined;
  }
}

/** A value as JSON can carry it: 64-bit integers as text, bytes as base64, errors as their name and text. */
export function toPlain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toPlain(inner)]));
}

/** Encodes bytes as base64. protobuf-es' own encoder brings its tables, which costs every page 0.3 kB. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
