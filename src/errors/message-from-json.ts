import { create, type DescMessage, type JsonValue, type MessageShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

/**
 * A message out of JSON as the gateway writes it, for messages that hold nothing but texts,
 * enums and messages, as the details of FlyteAdmin's errors do. What it does not know is left
 * out. protobuf's own reader of JSON would be a twentieth of a page's bundle.
 */
export function messageFromJson<Desc extends DescMessage>(
  schema: Desc,
  json: JsonValue | undefined,
): MessageShape<Desc> {
  const message = create(schema);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return message;
  const into = reflect(schema, message);
  for (const field of schema.fields) {
    const value = json[field.jsonName] ?? json[field.name];
    if (value === undefined || value === null) continue;
    if (field.fieldKind === "message") {
      into.set(field, reflect(field.message, messageFromJson(field.message, value)));
    } else if (field.fieldKind === "enum") {
      const known = field.enum.values.find(
        ({ name, number }) => value === name || value === number,
      );
      if (known !== undefined) into.set(field, known.number);
    } else if (field.fieldKind === "scalar" && typeof value === "string") {
      into.set(field, value);
    }
  }
  return message;
}
