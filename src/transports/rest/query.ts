import { isReflectMessage, type ReflectMessage } from "@bufbuild/protobuf/reflect";

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
export function queryOf(request: ReflectMessage, inPath: readonly string[]): Query {
  const parameters: (readonly [string, string])[] = [];
  const fault = collect(request, "", inPath, parameters);
  return fault ?? { parameters };
}

function collect(
  message: ReflectMessage,
  prefix: string,
  inPath: readonly string[],
  parameters: (readonly [string, string])[],
): QueryFault | undefined {
  for (const field of message.fields) {
    const name = prefix + field.name;
    if (inPath.includes(name) || !message.isSet(field)) continue;
    const before = parameters.length;
    const value: unknown = message.get(field);
    const text = fieldText(field, value);
    if (text === undefined) {
      const fault = isReflectMessage(value) && collect(value, `${name}.`, inPath, parameters);
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
