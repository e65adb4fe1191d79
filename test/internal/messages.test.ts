import { type DescMessage, equals, fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { IdentifierSchema } from "../../gen/flyteidl/core/identifier_pb.js";
import { LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { LiteralTypeSchema } from "../../gen/flyteidl/core/types_pb.js";
import { sameMessage } from "../../src/internal/messages.js";
import { contentArbitraries } from "../gen/content-arbitrary.js";
import { encodeOurs } from "../gen/our-codec.js";

const { any } = contentArbitraries();
const schemas: readonly DescMessage[] = [IdentifierSchema, LiteralSchema, LiteralTypeSchema];

describe("the comparison of messages", () => {
  it.each(schemas.map((schema) => [schema.typeName, schema] as const))(
    "finds the same as protobuf does for any two of %s",
    (_name, schema) => {
      const content = any(schema, 3);
      const either = fc.oneof(
        fc.tuple(content, content),
        content.map((one) => [one, one] as const),
      );
      let same = 0;
      let other = 0;
      fc.assert(
        fc.property(either, ([one, two]) => {
          const left = fromBinary(schema, encodeOurs(schema, one));
          const right = fromBinary(schema, encodeOurs(schema, two));
          const expected = equals(schema, left, right);
          if (expected) same += 1;
          else other += 1;
          expect(sameMessage(left, right)).toBe(expected);
        }),
        { seed: 7, numRuns: 300 },
      );
      expect(Math.min(same, other)).toBeGreaterThan(20);
    },
  );

  it("does not look at fields that are unknown", () => {
    const known = fromBinary(IdentifierSchema, Uint8Array.of(0x12, 1, 0x61));
    const more = fromBinary(IdentifierSchema, Uint8Array.of(0x12, 1, 0x61, 0xf8, 0x01, 5));
    expect(more.$unknown).toHaveLength(1);
    expect(sameMessage(known, more)).toBe(true);
    expect(sameMessage(more, known)).toBe(true);
  });
});
