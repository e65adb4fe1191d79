import { ScalarType } from "@bufbuild/protobuf";
import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import fc from "fast-check";
import { elementKind, hexFromBytes, isZero } from "./content.js";
import type { Content, ContentScalar, ContentValue, ElementKind } from "./content.js";

type Entry = readonly [field: string, value: ContentValue] | undefined;
type MessageArbitrary = (message: DescMessage, depth: number) => fc.Arbitrary<Content>;

/**
 * Makes arbitraries of message contents from descriptors. Messages nest at most
 * `depth` levels below the outermost, so that recursive types stay small.
 */
export function contentArbitraries(): {
  /** Any content of a message. */
  readonly any: MessageArbitrary;
  /** Any content in which one field is set: to another value than zero, where only that shows. */
  readonly withField: (field: DescField, depth: number) => fc.Arbitrary<Content>;
} {
  const made = new Map<string, fc.Arbitrary<Content>>();
  const any: MessageArbitrary = (message, depth) => {
    const key = `${message.typeName} ${depth}`;
    const arbitrary = made.get(key) ?? messageArbitrary(message, depth, any);
    made.set(key, arbitrary);
    return arbitrary;
  };
  return { any, withField: (field, depth) => messageArbitrary(field.parent, depth, any, field) };
}

function messageArbitrary(
  message: DescMessage,
  depth: number,
  nested: MessageArbitrary,
  forced?: DescField,
): fc.Arbitrary<Content> {
  const entries = message.members.map((member) =>
    member.kind === "oneof"
      ? oneofEntry(member, depth, nested, forced)
      : fieldEntry(member, depth, nested, member === forced),
  );
  return fc
    .tuple(...entries)
    .map((list) => Object.fromEntries(list.filter((entry) => entry !== undefined)));
}

function oneofEntry(
  oneof: DescOneof,
  depth: number,
  nested: MessageArbitrary,
  forced: DescField | undefined,
): fc.Arbitrary<Entry> {
  const chosen = oneof.fields.filter((field) => field === forced);
  const members = (chosen.length > 0 ? chosen : oneof.fields).flatMap(
    (field): fc.Arbitrary<Entry>[] => {
      const value = fieldValue(field, depth, nested);
      return value === undefined ? [] : [value.map((set) => [field.name, set])];
    },
  );
  // protobuf-es keeps a Struct as JSON, where a Value without a kind has no form.
  const always = chosen.length > 0 || oneof.parent.typeName === "google.protobuf.Value";
  // Only messages, and no depth left to nest one.
  if (members.length === 0) return fc.constant(undefined);
  return sometimes(fc.oneof(...members), always);
}

function fieldEntry(
  field: DescField,
  depth: number,
  nested: MessageArbitrary,
  always: boolean,
): fc.Arbitrary<Entry> {
  const value = fieldValue(field, depth, nested);
  if (value === undefined) return fc.constant(undefined);
  const singular = field.fieldKind === "scalar" || field.fieldKind === "enum";
  if (always && singular)
    return value.filter((set) => !isZero(set)).map((set) => [field.name, set]);
  const entry = value.map((set): Entry =>
    singular && isZero(set) ? undefined : [field.name, set],
  );
  return sometimes(entry, always);
}

function sometimes(entry: fc.Arbitrary<Entry>, always: boolean): fc.Arbitrary<Entry> {
  return always
    ? entry
    : fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, { arbitrary: entry, weight: 1 });
}

function fieldValue(
  field: DescField,
  depth: number,
  nested: MessageArbitrary,
): fc.Arbitrary<ContentValue> | undefined {
  const element = elementKind(field);
  if (element.kind === "message" && depth === 0) return undefined;
  const value = elementValue(element, depth, nested);
  if (field.fieldKind === "list") return fc.array(value, { minLength: 1, maxLength: 3 });
  return field.fieldKind === "map"
    ? fc.dictionary(mapKey, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
    : value;
}

function elementValue(
  element: ElementKind,
  depth: number,
  nested: MessageArbitrary,
): fc.Arbitrary<ContentValue> {
  switch (element.kind) {
    case "message":
      return nested(element.message, depth - 1);
    case "enum": {
      const known = fc.constantFrom(...element.enum.values.map((value) => value.number));
      // Kept as JSON in a Struct, null has only one form.
      if (element.enum.typeName === "google.protobuf.NullValue") return known;
      // proto3 enums are open: a newer server may send numbers that no name stands for yet.
      return fc.oneof({ arbitrary: known, weight: 3 }, { arbitrary: int32, weight: 1 });
    }
    case "scalar":
      return scalarValue(element.scalar);
  }
}

const int32 = fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, -1));
const uint32 = fc.oneof(fc.nat(), fc.constantFrom(2 ** 31, 2 ** 32 - 1));
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -1n, 2n ** 53n + 1n, 0xffff_ffffn, 1n << 32n),
);
const uint64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(2n ** 64n - 1n, 2n ** 63n, 2n ** 53n + 1n, 1n << 32n),
);
const text = fc.string({ unit: "binary", maxLength: 12 });
// Their decoder assigns to a plain object, where this one key sets the prototype instead.
const mapKey = text.filter((key) => key !== "__proto__");

function scalarValue(scalar: ScalarType): fc.Arbitrary<ContentScalar> {
  switch (scalar) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BYTES:
      return fc.uint8Array({ maxLength: 12 }).map(hexFromBytes);
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.FLOAT:
      return fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, -0));
    case ScalarType.DOUBLE:
      return fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0));
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return int32;
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return uint32;
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return int64;
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return uint64;
  }
}
