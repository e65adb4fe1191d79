import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  durationFromMs,
  durationMs,
  DurationSchema,
  timestampDate,
  timestampFromDate,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { durationOf, timestampOf } from "../../src/values/index.js";

describe("the fields of a Timestamp", () => {
  it("are what protobuf makes of any date, and give the date back", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const timestamp = create(TimestampSchema, timestampOf(date));
        expect(timestamp).toEqual(timestampFromDate(date));
        expect(timestampDate(timestamp)).toEqual(date);
      }),
    );
  });

  it("are none for a date that is not valid", () => {
    expect(() => timestampOf(new Date(NaN))).toThrow(RangeError);
  });
});

describe("the fields of a Duration", () => {
  it("are what protobuf makes of any whole number of milliseconds", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (ms) => {
        const duration = create(DurationSchema, durationOf(ms));
        expect(duration).toEqual(durationFromMs(ms));
        expect(durationMs(duration)).toBe(ms);
      }),
    );
  });

  it("are whole nanoseconds, so that any number of milliseconds can be sent", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (ms) => {
        const bytes = toBinary(DurationSchema, create(DurationSchema, durationOf(ms)));
        const { seconds, nanos } = fromBinary(DurationSchema, bytes);
        expect(Math.abs(Number(seconds) * 1000 + nanos / 1e6 - ms)).toBeLessThan(0.001);
        expect(Math.abs(nanos)).toBeLessThan(1e9);
        expect(Number(seconds) * nanos).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("round up to a second what is less than a nanosecond short of it", () => {
    expect(durationOf(999.9999999)).toEqual({ seconds: 1n, nanos: 0 });
    expect(durationOf(-999.9999999)).toEqual({ seconds: -1n, nanos: 0 });
    expect(durationOf(999.999999)).toEqual({ seconds: 0n, nanos: 999_999_999 });
  });

  it("are none for a length that is not finite", () => {
    expect(() => durationOf(Infinity)).toThrow(RangeError);
  });
});
