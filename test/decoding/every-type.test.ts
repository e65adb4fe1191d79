import { describe, expect, it } from "@jest/globals";
import { type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";

import { createDecoder } from "../../src/decoding/index.js";
import { contentArbitraries } from "../gen/content-arbitrary.js";
import { encodeOurs } from "../gen/our-codec.js";
import { loadOurDescriptors } from "../gen/our-descriptors.js";
import { expectSame, outcomeOf } from "./same-as.js";

/** The same instances on every run; WIRE_SEED tries others. */
const seed = Number(process.env["WIRE_SEED"] ?? 20_261_124);
const depth = 3;
const timeoutMs = 120_000;

const { messages } = await loadOurDescriptors();
const arbitraries = contentArbitraries();
const decoder = createDecoder();

/** Encoded messages of a type. */
function encoded(desc: DescMessage): fc.Arbitrary<Uint8Array> {
  return arbitraries.any(desc, depth).map((content) => encodeOurs(desc, content));
}

/** Encoded messages, cut short, with bytes changed, or with bytes put in. */
function broken(desc: DescMessage): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(200),
    cut: fc.nat(2),
    put: fc.uint8Array({ maxLength: 3 }),
  });
  return fc
    .tuple(encoded(desc), fc.array(edit, { maxLength: 3 }), fc.option(fc.nat(100)))
    .map(([bytes, edits, length]) => {
      const all = [...bytes];
      for (const { at, cut, put } of edits) all.splice(at % (all.length + 1), cut, ...put);
      return Uint8Array.from(all).subarray(0, length ?? all.length);
    });
}

function forEveryType(
  bytes: (desc: DescMessage) => fc.Arbitrary<Uint8Array>,
  numRuns: number,
  holds: (desc: DescMessage, bytes: Uint8Array) => void,
): void {
  for (const desc of messages) {
    fc.assert(
      fc.property(bytes(desc), (each) => {
        holds(desc, each);
      }),
      { seed, numRuns },
    );
  }
}

function sameWhole(desc: DescMessage, bytes: Uint8Array): void {
  expectSame(
    desc,
    bytes,
    outcomeOf(() => decoder.decode(desc, bytes)),
  );
}

describe("a decoder of our own, for every message type", () => {
  it(
    "gives the message that protobuf-es gives",
    () => {
      expect(messages.length).toBeGreaterThan(300);
      forEveryType(encoded, 40, sameWhole);
    },
    timeoutMs,
  );

  it(
    "merges what comes twice as protobuf-es does",
    () => {
      const twice = (desc: DescMessage): fc.Arbitrary<Uint8Array> =>
        fc.tuple(encoded(desc), encoded(desc)).map(([a, b]) => Uint8Array.from([...a, ...b]));
      forEveryType(twice, 25, sameWhole);
    },
    timeoutMs,
  );

  it(
    "keeps the fields of another type as unknown ones, as protobuf-es does",
    () => {
      const other = (desc: DescMessage): fc.Arbitrary<Uint8Array> =>
        fc.constantFrom(...messages).chain((any) => (any === desc ? encoded(any) : broken(any)));
      forEveryType(other, 25, sameWhole);
    },
    timeoutMs,
  );

  it(
    "fails on broken bytes where protobuf-es fails, and else gives the same",
    () => {
      forEveryType(broken, 100, sameWhole);
    },
    timeoutMs,
  );

  it(
    "gives the same from fields that were read as unknown ones",
    () => {
      forEveryType(encoded, 15, (desc, bytes) => {
        const fields = fromBinary(EmptySchema, bytes).$unknown ?? [];
        expectSame(
          desc,
          bytes,
          outcomeOf(() => decoder.decodeFields(desc, fields)),
        );
      });
    },
    timeoutMs,
  );

  it(
    "gives the same or fails from unknown fields of broken bytes",
    () => {
      forEveryType(broken, 25, (desc, bytes) => {
        const ours = outcomeOf(() =>
          decoder.decodeFields(desc, fromBinary(EmptySchema, bytes).$unknown ?? []),
        );
        if (ours !== "fails") expectSame(desc, bytes, ours);
      });
    },
    timeoutMs,
  );
});
