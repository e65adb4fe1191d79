import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";

/** Writes the value of a field behind its tag. */
type Write = (writer: BinaryWriter) => void;

/**
 * Bytes of a message as any encoder may write them: fields in any order and more than once,
 * lists packed and not, and fields that the type does not know.
 */
export function wireArbitrary(desc: DescMessage, depth: number): fc.Arbitrary<Uint8Array> {
  const fields = desc.fields.flatMap((field) => fieldArbitraries(field, depth));
  return fc
    .array(fc.oneof(...fields, unknownField), { maxLength: 8 })
    .map((writes) => bytesOf(...writes));
}

function fieldArbitraries(field: DescField, depth: number): fc.Arbitrary<Write>[] {
  if (field.message !== undefined && depth === 0) return [];
  if (field.fieldKind === "map") {
    const key = scalarArbitrary(field.mapKey, 1);
    const entry = fc.array(fc.oneof(key, element(field, 2, depth)), { maxLength: 3 });
    return [entry.map((writes) => delimited(field.number, bytesOf(...writes)))];
  }
  const one = element(field, field.number, depth);
  const scalar = field.enum === undefined ? field.scalar : ScalarType.INT32;
  const isPackable =
    scalar !== undefined && scalar !== ScalarType.STRING && scalar !== ScalarType.BYTES;
  if (field.fieldKind !== "list" || !isPackable) return [one];
  const items = fc.array(scalarArbitrary(scalar), { maxLength: 4 });
  return [one, items.map((writes) => delimited(field.number, bytesOf(...writes)))];
}

function element(field: DescField, number: number, depth: number): fc.Arbitrary<Write> {
  if (field.message === undefined) {
    return scalarArbitrary(field.enum === undefined ? field.scalar : ScalarType.INT32, number);
  }
  const isGroup = "delimitedEncoding" in field && field.delimitedEncoding;
  return wireArbitrary(field.message, depth - 1).map((bytes) =>
    isGroup ? group(number, bytes) : delimited(number, bytes),
  );
}

const unknownField: fc.Arbitrary<Write> = fc
  .tuple(fc.integer({ min: 400, max: 2 ** 29 - 1 }), fc.uint8Array({ maxLength: 5 }), fc.nat(4))
  .map(([number, bytes, kind]): Write => {
    if (kind === 0) return (writer) => writer.tag(number, WireType.Varint).uint32(bytes.length);
    if (kind === 1) return (writer) => writer.tag(number, WireType.Bit32).fixed32(bytes.length);
    if (kind === 2) return (writer) => writer.tag(number, WireType.Bit64).double(bytes.length);
    return kind === 3 ? delimited(number, bytes) : group(number, bytesOf(delimited(1, bytes)));
  });

function delimited(number: number, bytes: Uint8Array): Write {
  return (writer) => writer.tag(number, WireType.LengthDelimited).bytes(bytes);
}

function group(number: number, bytes: Uint8Array): Write {
  return (writer) =>
    writer.tag(number, WireType.StartGroup).raw(bytes).tag(number, WireType.EndGroup);
}

function bytesOf(...writes: readonly Write[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const write of writes) write(writer);
  return writer.finish();
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ maxLength: 20 }),
  // A mark in front, which decoders of UTF-8 drop.
  fc.string({ maxLength: 3 }).map((rest) => `\uFEFF${rest}`),
);
const int32 = fc.oneof(fc.integer(), fc.constantFrom(0, -1, -(2 ** 31), 2 ** 31 - 1));
const uint32 = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1));
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** One scalar, behind a tag when a number is given. */
function scalarArbitrary(scalar: ScalarType, number?: number): fc.Arbitrary<Write> {
  const tagged = (wireType: WireType, write: Write): Write =>
    number === undefined
      ? write
      : (writer) => {
          write(writer.tag(number, wireType));
        };
  const varint = (write: Write): Write => tagged(WireType.Varint, write);
  const bit32 = (write: Write): Write => tagged(WireType.Bit32, write);
  const bit64 = (write: Write): Write => tagged(WireType.Bit64, write);
  const bytes = (write: Write): Write => tagged(WireType.LengthDelimited, write);
  switch (scalar) {
    case ScalarType.STRING:
      return text.map((value) => bytes((writer) => writer.string(value)));
    case ScalarType.BYTES:
      return fc.uint8Array({ maxLength: 9 }).map((value) => bytes((writer) => writer.bytes(value)));
    case ScalarType.BOOL:
      // Any number but 0 says yes.
      return uint64.map((value) => varint((writer) => writer.uint64(value)));
    case ScalarType.FLOAT:
      return fc.float().map((value) => bit32((writer) => writer.float(value)));
    case ScalarType.DOUBLE:
      return fc.double().map((value) => bit64((writer) => writer.double(value)));
    case ScalarType.INT32:
      // Encoders write negative ones in 10 bytes, and a number may be too large.
      return int64.map((value) => varint((writer) => writer.int64(value)));
    case ScalarType.UINT32:
      return uint64.map((value) => varint((writer) => writer.uint64(value)));
    case ScalarType.SINT32:
      return int32.map((value) => varint((writer) => writer.sint32(value)));
    case ScalarType.FIXED32:
      return uint32.map((value) => bit32((writer) => writer.fixed32(value)));
    case ScalarType.SFIXED32:
      return int32.map((value) => bit32((writer) => writer.sfixed32(value)));
    case ScalarType.INT64:
      return int64.map((value) => varint((writer) => writer.int64(value)));
    case ScalarType.UINT64:
      return uint64.map((value) => varint((writer) => writer.uint64(value)));
    case ScalarType.SINT64:
      return int64.map((value) => varint((writer) => writer.sint64(value)));
    case ScalarType.FIXED64:
      return uint64.map((value) => bit64((writer) => writer.fixed64(value)));
    case ScalarType.SFIXED64:
      return int64.map((value) => bit64((writer) => writer.sfixed64(value)));
  }
}
