import {
  type DescField,
  type DescMessage,
  isMessage,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import type { Duration } from "@bufbuild/protobuf/wkt";
import { fieldValue } from "../../internal/index.js";

/** Query parameters in the order of the fields, not yet encoded, or the field that no query can carry and why. */
export type Query =
  { readonly parameters: readonly (readonly [name: string, value: string])[] } | QueryFault;

/** A field that no query can carry. */
export interface QueryFault {
  /** With protobuf's names. */
  readonly field: string;
  readonly reason: RestLimitReason;
  readonly value: unknown;
}

/**
 * The set fields of a request as query parameters, leaving out those that are in
 * the path. Fields of messages have dots in their names.
 *
 * @param inPath The protobuf names of the fields that the path carries.
 */
export function queryOf(type: DescMessage, request: Message, inPath: readonly string[]): Query {
  const parameters: (readonly [string, string])[] = [];
  const fault = collect(type, request, "", inPath, parameters);
  return fault ?? { parameters };
}

function collect(
  type: DescMessage,
  message: Message,
  prefix: string,
  inPath: readonly string[],
  parameters: (readonly [string, string])[],
): QueryFault | undefined {
  for (const field of type.fields) {
    const name = prefix + field.name;
    const value = inPath.includes(name) ? undefined : fieldValue(message, field);
    if (value === undefined) continue;
    const before = parameters.length;
    const text = fieldText(field, value);
    if (text === undefined) {
      const fault =
        field.message &&
        isMessage(value) &&
        collect(field.message, value, `${name}.`, inPath, parameters);
      if (fault) return fault;
    } else if ("reason" in text) {
      return { field: name, reason: text.reason, value };
    } else {
      parameters.push([name, text.text]);
    }
    // A query can say of a message only its fields, and an empty message has none.
    const isTold = parameters.length > before || inPath.some((path) => path.startsWith(`${name}.`));
    if (!isTold) return { field: name, reason: "emptyMessage", value: undefined };
  }
  return undefined;
}

/** A field inside a message or inside a message of it, such as `id.execution_id.project`. */
export interface FieldPath {
  /** With protobuf's names, as the gateway writes it: `id.execution_id.project`. */
  readonly protoName: string;
  /** With the names of our messages, for messages to people: `id.executionId.project`. */
  readonly localName: string;
  /** The messages on the way. */
  readonly parents: readonly DescField[];
  /** The field itself: a scalar or an enum. */
  readonly leaf: DescField;
}

/** Finds a dotted path in a message type. `undefined` when the field does not exist. */
export function fieldPathIn(message: DescMessage, protoName: string): FieldPath | undefined {
  const fields: DescField[] = [];
  let desc: DescMessage | undefined = message;
  for (const name of protoName.split(".")) {
    const field: DescField | undefined = desc?.fields.find((each) => each.name === name);
    if (field === undefined) return undefined;
    fields.push(field);
    desc = field.fieldKind === "message" ? field.message : undefined;
  }
  const leaf = fields.pop();
  if (leaf === undefined) return undefined;
  return {
    protoName,
    localName: [...fields, leaf].map((field) => field.localName).join("."),
    parents: fields,
    leaf,
  };
}

/**
 * The value at a path, which is zero or empty where it is unset. A message on the way that is unset counts as an
 * empty one.
 */
export function valueAt(message: Message, { parents, leaf }: FieldPath): unknown {
  let at: unknown = message;
  for (const field of parents) at = isMessage(at) ? fieldValue(at, field) : undefined;
  return (isMessage(at) ? fieldValue(at, leaf) : undefined) ?? zeroOf(leaf);
}

/** Returns the value of an unset field of a path: paths hold strings, numbers and enums. */
function zeroOf({ scalar }: DescField): "" | 0 {
  return scalar === ScalarType.STRING ? "" : 0;
}

/** A value as a path or a query carries it, or why none can. */
export type FieldText = { readonly text: string } | { readonly reason: RestLimitReason };

/**
 * A value in the form that the gateway parses: enums by name, numbers in decimals,
 * durations as Go writes them. `undefined` for a message whose fields are given one
 * by one. No request of FlyteAdmin has a field of another kind outside of a body.
 */
export function fieldText(field: DescField, value: unknown): FieldText | undefined {
  if (isMessage(value)) return isDuration(value) ? durationText(value) : undefined;
  const text = field.enum === undefined ? String(value) : enumName(field, value);
  return text === undefined ? { reason: "unknownEnum" } : { text };
}

function enumName(field: DescField, value: unknown): string | undefined {
  return field.enum?.values.find((each) => each.number === value)?.name;
}

/** By its name: the schema would bring another descriptor of the type along. */
function isDuration(message: Message): message is Duration {
  return message.$typeName === "google.protobuf.Duration";
}

/** The largest number of seconds that a Go duration holds. */
const maxGoSeconds = 9_223_372_035n;

function durationText({ seconds, nanos }: Duration): FieldText {
  if (seconds > maxGoSeconds || seconds < -maxGoSeconds) return { reason: "longDuration" };
  const total = seconds * 1_000_000_000n + BigInt(nanos);
  const size = total < 0n ? -total : total;
  const digits = size.toString().padStart(10, "0");
  const fraction = digits.slice(-9).replace(/0+$/, "");
  const point = fraction === "" ? "" : ".";
  return { text: `${total < 0n ? "-" : ""}${digits.slice(0, -9)}${point}${fraction}s` };
}

/** The reason why the REST gateway cannot carry something that gRPC carries. */
export type RestLimitReason =
  "noRoute" | "pathPart" | "emptyMessage" | "unknownEnum" | "longDuration";

/** The explanation of each reason, as the end of a sentence. */
export const restLimitTexts: Readonly<Record<RestLimitReason, string>> = {
  noRoute: "the server has no route for it",
  pathPart:
    "the gateway splits the path at every slash, encoded or not, and drops a part that is one or two dots",
  emptyMessage: "a query cannot distinguish an empty message from a missing one",
  unknownEnum: "the gateway refuses an enum value that it does not know",
  longDuration: "the gateway refuses a duration of more than 292 years",
};
