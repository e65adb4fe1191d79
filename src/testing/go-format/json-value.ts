import type { DescField, DescMessage, DescOneof, MessageShape } from "@bufbuild/protobuf";
import { isReflectMessage, reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";

/** A value of Go's plain JSON encoding of a message. */
export type GoJson =
  null | boolean | number | string | readonly GoJson[] | { readonly [key: string]: GoJson };

/**
 * A message as Go's plain JSON encoder (not protobuf's) writes its struct:
 * proto names, enums and 64-bit numbers as numbers, bytes in base64, and a
 * oneof under its own name with the member inside, or null when it is unset.
 * The server compares registered versions in this form.
 */
export function goJson<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
): GoJson {
  return messageJson(reflect(schema, message));
}

function messageJson(message: ReflectMessage): GoJson {
  const json: Record<string, GoJson> = {};
  for (const member of message.members) {
    if (member.kind === "oneof") addOneof(json, message, member);
    else if (message.isSet(member)) json[member.name] = fieldJson(message, member);
  }
  return json;
}

function addOneof(json: Record<string, GoJson>, message: ReflectMessage, oneof: DescOneof): void {
  const selected = message.oneofCase(oneof);
  json[goName(oneof.name)] =
    selected === undefined ? null : { [goName(selected.name)]: fieldJson(message, selected) };
}

function fieldJson(message: ReflectMessage, field: DescField): GoJson {
  switch (field.fieldKind) {
    case "list":
      return [...message.get(field)].map(valueJson);
    case "map":
      return Object.fromEntries(
        [...message.get(field)].map(([key, value]) => [String(key), valueJson(value)]),
      );
    default:
      return valueJson(message.get(field));
  }
}

function valueJson(value: unknown): GoJson {
  if (isReflectMessage(value)) return messageJson(value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : String(value);
}

/** The name of the Go field that the generator makes of a proto name. */
function goName(name: string): string {
  return name
    .replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
    .replace(/_(?=\d)/g, "");
}
