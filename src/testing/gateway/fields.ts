import type { DescField, DescMessage } from "@bufbuild/protobuf";

/** The field of a message with this proto name or JSON name. */
export function fieldOf(message: DescMessage, name: string): DescField | undefined {
  return (
    message.fields.find((field) => field.name === name) ??
    message.fields.find((field) => field.jsonName === name)
  );
}

/** The field at the end of a path through singular messages, by proto or JSON names. */
export function fieldNamed(message: DescMessage, path: readonly string[]): DescField | undefined {
  const [name, ...rest] = path;
  const field = name === undefined ? undefined : fieldOf(message, name);
  if (rest.length === 0) return field;
  return field?.fieldKind === "message" ? fieldNamed(field.message, rest) : undefined;
}
