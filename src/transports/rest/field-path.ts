import {
  type DescField,
  type DescMessage,
  isMessage,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";

import { fieldValue } from "../../internal/field-value.js";

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

/** Finds a dotted path in a message type. `undefined` when there is no such field. */
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

/** Paths have texts, numbers and enums in them. */
function zeroOf({ scalar }: DescField): "" | 0 {
  return scalar === ScalarType.STRING ? "" : 0;
}
