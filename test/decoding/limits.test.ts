import { describe, expect, it } from "@jest/globals";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { EmptySchema, StructSchema, type Value, ValueSchema } from "@bufbuild/protobuf/wkt";

import { GetVersionResponseSchema } from "../../gen/flyteidl/admin/version_pb.js";
import { LabelsSchema } from "../../gen/flyteidl/admin/common_pb.js";
import { LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { createDecoder } from "../../src/decoding/index.js";
import { expectSame, outcomeOf } from "./same-as.js";

const decoder = createDecoder();

/** A list in a list in a list. */
function nestedLists(levels: number): Value {
  let value = create(ValueSchema, { kind: { case: "boolValue", value: true } });
  for (let level = 0; level < levels; level++) {
    value = create(ValueSchema, {
      kind: {
        case: "listValue",
        value: { $typeName: "google.protobuf.ListValue", values: [value] },
      },
    });
  }
  return value;
}

function nestedGroups(levels: number): Uint8Array {
  const writer = new BinaryWriter();
  for (let level = 0; level < levels; level++) writer.tag(500, WireType.StartGroup);
  for (let level = 0; level < levels; level++) writer.tag(500, WireType.EndGroup);
  return writer.finish();
}

describe("the limits of decoding", () => {
  it.each([1, 48, 49, 50, 51, 60])(
    "are those of protobuf-es for %i lists in each other",
    (levels) => {
      const bytes = toBinary(ValueSchema, nestedLists(levels));
      const ours = outcomeOf(() => decoder.decode(ValueSchema, bytes));
      expectSame(ValueSchema, bytes, ours);
      expect(ours === "fails").toBe(levels >= 50);
    },
  );

  it.each([1, 98, 99, 100, 101])(
    "are those of protobuf-es for %i groups in each other",
    (levels) => {
      const bytes = nestedGroups(levels);
      const ours = outcomeOf(() => decoder.decode(LiteralSchema, bytes));
      expectSame(LiteralSchema, bytes, ours);
      expect(ours === "fails").toBe(levels > 99);
    },
  );

  it("end a message of a million levels with an error, not with the stack", () => {
    const writer = new BinaryWriter();
    for (let level = 0; level < 1_000_000; level++) writer.tag(500, WireType.StartGroup);
    expect(() => decoder.decode(LiteralSchema, writer.finish())).toThrow("groups nest too deep");
  });

  it.each([
    ["a text that is cut short", [0x0a, 5, 0x61], "the bytes end in the middle of a message"],
    ["a length beyond 4 GiB", [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], "the bytes end in the middle"],
    ["a tag of field 0", [0x00, 1], "there is no field 0 of wire type 0"],
    ["a tag of wire type 7", [0x0f], "there is no field 1 of wire type 7"],
    ["a number without an end", Array<number>(12).fill(0xff), "a number is longer than 10 bytes"],
    ["a group that only ends", [0xa4, 0x1f], "the group of field 500 ends without a beginning"],
    ["a group that ends as another", [0xa3, 0x1f, 0xac, 0x1f], "ends as that of field 501"],
  ])("say of %s what is wrong", (_what, bytes, message) => {
    const all = Uint8Array.from(bytes);
    expect(() => fromBinary(LabelsSchema, all)).toThrow();
    expect(() => decoder.decode(LabelsSchema, all)).toThrow(message);
  });

  it("refuse text that is no UTF-8, as protobuf-es does", () => {
    const cut = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(Uint8Array.of(0xc3));
    const long = Uint8Array.from([...Array<number>(40).fill(0x61), 0xff]);
    const inVersion = (bytes: Uint8Array): Uint8Array =>
      new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(bytes).finish();
    for (const bytes of [
      cut.finish(),
      new BinaryWriter().tag(2, WireType.LengthDelimited).bytes(long).finish(),
    ]) {
      expect(() => fromBinary(GetVersionResponseSchema, inVersion(bytes))).toThrow();
      expect(() => decoder.decode(GetVersionResponseSchema, inVersion(bytes))).toThrow("not valid");
    }
  });

  it("let a key called __proto__ touch nothing but its own map", () => {
    const value = create(ValueSchema, { kind: { case: "stringValue", value: "polluted" } });
    const entry = new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string("__proto__")
      .tag(2, WireType.LengthDelimited)
      .bytes(toBinary(ValueSchema, value))
      .finish();
    const bytes = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(entry).finish();
    expect(Object.keys(decoder.decode(StructSchema, bytes).fields)).toEqual([]);
    expect({}).not.toHaveProperty("kind");
  });

  it("tell a field of the wrong wire type where fields were read as unknown ones", () => {
    // Field 1 of Labels is a map, and here it is a number that looks like the map's length.
    const bytes = new BinaryWriter().tag(1, WireType.Bit32).fixed32(0).finish();
    const fields = fromBinary(EmptySchema, bytes).$unknown ?? [];
    expect(() => decoder.decodeFields(LabelsSchema, fields)).toThrow(
      "field 1 of flyteidl.admin.Labels has the wrong wire type 5",
    );
  });
});
