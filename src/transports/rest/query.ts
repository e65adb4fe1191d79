import { type DescMessage, isMessage, type Message } from "@bufbuild/protobuf";

import { fieldValue } from "../../internal/field-value.js";
import { fieldText } from "./field-text.js";
import type { RestLimitReason } from "./rest-limits.js";

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
 * The set fields of a request as query parameters, leaving out those that stand in
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
    // An empty message is told by its fields alone, and it has none to tell.
    const isTold = parameters.length > before || inPath.some((path) => path.startsWith(`${name}.`));
    if (!isTold) return { field: name, reason: "emptyMessage", value: undefined };
  }
  return undefined;
}
