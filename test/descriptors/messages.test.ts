import {
  clone,
  create,
  createRegistry,
  type DescMessage,
  equals,
  fromBinary,
  fromJson,
  isMessage,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import {
  anyPack,
  anyUnpack,
  AnySchema,
  StructSchema,
  timestampDate,
  timestampFromMs,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { ExecutionClosureSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import { StatusSchema } from "../../gen/google/rpc/status_pb.js";
import { contentArbitraries } from "../gen/content-arbitrary.js";
import { encodeOurs } from "../gen/our-codec.js";
import { filesInBothForms, messagesOf } from "./both-forms.js";

/** The same instances on every run; WIRE_SEED tries others. */
const seed = Number(process.env["WIRE_SEED"] ?? 20_260_709);

const files = await filesInBothForms();
const ours = new Map(
  messagesOf(files.map((each) => each.ours)).map((message) => [message.typeName, message]),
);
const compiled = messagesOf(files.map((each) => each.compiled));
const registries = {
  compiled: createRegistry(...files.map((each) => each.compiled)),
  ours: createRegistry(...files.map((each) => each.ours)),
};
const arbitraries = contentArbitraries();

/** The form that gen/ has of a schema, with the schema's type. */
function ourOf<Desc extends DescMessage>(schema: Desc): Desc {
  const found = ours.get(schema.typeName);
  if (found === undefined) throw new Error(`no message ${schema.typeName}`);
  // The types of a message are known by its name alone.
  return found as Desc;
}

describe("messages of descriptors that are made of text", () => {
  it("are what those of protobuf's descriptors are, in memory, in binary and in JSON", () => {
    expect(compiled.length).toBeGreaterThan(240);
    for (const schema of compiled) {
      const other = ourOf(schema);
      fc.assert(
        fc.property(arbitraries.any(schema, 2), (content) => {
          const bytes = encodeOurs(schema, content);
          expect(encodeOurs(other, content)).toEqual(bytes);
          const mine = fromBinary(schema, bytes);
          const theirs = fromBinary(other, bytes);
          expect(theirs).toEqual(mine);
          expect(toBinary(other, theirs)).toEqual(toBinary(schema, mine));
          expect(toBinary(other, mine)).toEqual(toBinary(schema, theirs));
          expect(equals(other, mine, theirs)).toBe(equals(schema, mine, fromBinary(schema, bytes)));
          expect(toBinary(other, clone(other, theirs))).toEqual(toBinary(schema, mine));
          expect(jsonOf(other, theirs, "ours")).toEqual(jsonOf(schema, mine, "compiled"));
        }),
        { seed, numRuns: 8 },
      );
    }
  }, 60_000);

  it("come back from JSON", () => {
    for (const schema of compiled.filter(({ typeName }) => typeName.startsWith("flyteidl."))) {
      const other = ourOf(schema);
      fc.assert(
        fc.property(arbitraries.any(schema, 2), (content) => {
          const message = fromBinary(schema, encodeOurs(schema, content));
          const json = jsonOf(schema, message, "compiled");
          if (json === undefined) return;
          const back = fromJson(other, json, { registry: registries.ours });
          expect(back).toEqual(fromJson(schema, json, { registry: registries.compiled }));
        }),
        { seed, numRuns: 4 },
      );
    }
  }, 60_000);

  it("take well-known types that protobuf's own descriptors made", () => {
    const schema = ourOf(ExecutionClosureSchema);
    const startedAt = timestampFromMs(1_700_000_000_123);
    const closure = create(schema, { startedAt, updatedAt: { seconds: 5n } });
    expect(closure.startedAt).toBe(startedAt);
    const read = fromBinary(schema, toBinary(schema, closure));
    expect(isMessage(read.startedAt, TimestampSchema)).toBe(true);
    expect(read.startedAt && timestampDate(read.startedAt).getTime()).toBe(1_700_000_000_123);
    expect(read.updatedAt).toEqual(create(TimestampSchema, { seconds: 5n }));
    expect(toJson(schema, read)).toMatchObject({ startedAt: "2023-11-14T22:13:20.123Z" });
  });

  it("are packed into Any and unpacked from it, of either form", () => {
    const schema = ourOf(StatusSchema);
    const detail = create(ourOf(ExecutionClosureSchema), { startedAt: { nanos: 7 } });
    const status = create(schema, {
      details: [
        anyPack(ourOf(ExecutionClosureSchema), detail),
        anyPack(StructSchema, fromJson(StructSchema, { a: [1, null] })),
      ],
    });
    const read = fromBinary(StatusSchema, toBinary(schema, status));
    const [first, second] = read.details;
    expect(first && anyUnpack(first, ExecutionClosureSchema)).toEqual(detail);
    expect(first && anyUnpack(first, registries.ours)).toEqual(detail);
    expect(second && anyUnpack(second, ourOf(StructSchema))?.fields["a"]).toBeDefined();
    expect(isMessage(first, ourOf(AnySchema))).toBe(true);
    expect(toJson(schema, status, { registry: registries.ours })).toEqual(
      toJson(StatusSchema, read, { registry: registries.compiled }),
    );
  });
});

/** `undefined` for what JSON has no form for, as a time that is out of its range. */
function jsonOf(
  schema: DescMessage,
  message: ReturnType<typeof create>,
  registry: "compiled" | "ours",
) {
  try {
    return toJson(schema, message, { registry: registries[registry] });
  } catch {
    return undefined;
  }
}
