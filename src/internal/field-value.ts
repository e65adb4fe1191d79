import { type DescField, isFieldSet, type Message } from "@bufbuild/protobuf";

/** The value of a field; `undefined` where it is unset. The reflection of protobuf-es would cost a page 4 kB. */
export function fieldValue(message: Message, field: DescField): unknown {
  if (!isFieldSet(message, field)) return undefined;
  const { oneof, localName } = field;
  if (oneof === undefined) return Reflect.get(message, localName);
  const choice: unknown = Reflect.get(message, oneof.localName);
  return typeof choice === "object" && choice !== null ? Reflect.get(choice, "value") : undefined;
}
