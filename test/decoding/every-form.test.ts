import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { createDecoder } from "../../src/decoding/index.js";
import { madeType } from "./made-types.js";
import { expectSame, outcomeOf } from "./same-as.js";
import { wireArbitrary } from "./wire-arbitrary.js";

const decoder = createDecoder();

describe("a decoder of our own, for every form that a field can have", () => {
  it.each(["Forms", "Old", "LongText"] as const)(
    "reads %s as protobuf-es does",
    (name) => {
      const desc = madeType(name);
      expect(desc.fields.length).toBeGreaterThan(1);
      fc.assert(
        fc.property(wireArbitrary(desc, 3), (bytes) => {
          expectSame(
            desc,
            bytes,
            outcomeOf(() => decoder.decode(desc, bytes)),
          );
        }),
        { numRuns: 2_000 },
      );
    },
    60_000,
  );
});
