import type { DescField } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage } from "@bufbuild/protobuf/reflect";

import { fieldText } from "./field-text.js";

/** Query parameters in the order of the fields, not yet encoded, or the field that no query can carry and why. */
export type Query =
  | { readonly parameters: readonly (readonly [name: string, value: string])[] }
  | { readonly field: string; readonly reason: string };

/**
 * The set fields of a request as query parameters, leaving out those that stand in
 * the path: enums by name, 64-bit integers as text, bytes as base64, durations as
 * Go writes them, times in RFC 3339, repeated fields by repeating the name, fields
 * of messages with dots.
 *
 * @param inPath The protobuf names of the fields that the path carries.
 */
export function queryOf(request: ReflectMessage, inPath: readonly string[]): Query {
  const parameters: (readonly [string, string])[] = [];
  const fault = collect(request, "", inPath, parameters);
  return fault ?? { parameters };
}

type Fault = { readonly field: string; readonly reason: string };

function collect(
  message: ReflectMessage,
  prefix: string,
  inPath: readonly string[],
  parameters: (readonly [string, string])[],
): Fault | undefined {
  for (const field of message.fields) {
    const name = prefix + field.name;
    if (inPath.includes(name) || !message.isSet(field)) continue;
    const before = parameters.length;
    const fault = collectField(message, field, name, inPath, parameters);
    if (fault !== undefined) return fault;
    // An empty message is told by its fields alone, and it has none to tell.
    const isTold = parameters.length > before || inPath.some((path) => path.startsWith(`${name}.`));
    if (!isTold)
      return {
        field: name,
        reason: "a query cannot tell a message without content from one that is not there",
      };
  }
  return undefined;
}

function collectField(
  message: ReflectMessage,
  field: DescField,
  name: string,
  inPath: readonly string[],
  parameters: (readonly [string, string])[],
): Fault | undefined {
  if (field.fieldKind === "map") return { field: name, reason: "a query cannot carry a map" };
  const values: Iterable<unknown> =
    field.fieldKind === "list" ? message.get(field) : [message.get(field)];
  for (const value of values) {
    const text = fieldText(field, value);
    if (text !== undefined && "reason" in text) return { field: name, reason: text.reason };
    if (text !== undefined) {
      parameters.push([name, text.text]);
    } else if (field.fieldKind === "list" || !isReflectMessage(value)) {
      return { field: name, reason: "a query cannot carry a list of messages" };
    } else {
      const fault = collect(value, `${name}.`, inPath, parameters);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}
