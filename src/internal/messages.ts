import {
  type DescField,
  type DescMessage,
  fromBinary,
  isFieldSet,
  type Message,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";

/**
 * Copies a message by way of its bytes. protobuf's own `clone` brings all of its reflection, which costs a page some
 * 2 kB.
 */
export function copyMessage<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
): MessageShape<Desc> {
  return fromBinary(schema, toBinary(schema, message));
}

/** The name of a number of a protobuf enum; `unknown` for one that this version does not have. */
export function nameOf<Name extends string, Unknown extends string>(
  names: Readonly<Record<Name, number>>,
  number: number,
  unknown: Unknown,
): Name | Unknown {
  // An enum of TypeScript also maps its numbers to names, which its type does not say.
  const name = (names as Readonly<Record<number, unknown>>)[number];
  return typeof name === "string" && isKey(names, name) ? name : unknown;
}

function isKey<Name extends string>(of: Readonly<Record<Name, number>>, key: string): key is Name {
  return key in of;
}

/** The value of a field; `undefined` where it is unset. The reflection of protobuf-es would cost a page 4 kB. */
export function fieldValue(message: Message, field: DescField): unknown {
  if (!isFieldSet(message, field)) return undefined;
  const { oneof, localName } = field;
  if (oneof === undefined) return Reflect.get(message, localName);
  const choice: unknown = Reflect.get(message, oneof.localName);
  return typeof choice === "object" && choice !== null ? Reflect.get(choice, "value") : undefined;
}

/**
 * Whether two messages of the same type say the same, apart from fields that are unknown. A NaN is
 * no other NaN's equal. protobuf's own `equals` also looks into options and Any, which costs a page
 * more than all that is compared here is worth.
 */
export function sameMessage<Type extends Message>(left: Type, right: Type): boolean {
  return isSame(left, right);
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  const values = new Map<string, unknown>(Object.entries(left));
  const others = new Map<string, unknown>(Object.entries(right));
  return [...values.keys(), ...others.keys()].every(
    (key) => key === "$unknown" || isSame(values.get(key), others.get(key)),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
