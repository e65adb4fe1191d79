import {
  create,
  type DescField,
  type DescMessage,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";

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
