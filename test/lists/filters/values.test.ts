import { create } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { InvalidFilterError } from "../../../src/errors/index.js";
import type { DurationInput, TimeInput } from "../../../src/lists/filters/index.js";
import { toFilterString } from "../../../src/lists/filters/index.js";
import { readFilter } from "./server-grammar.js";
import { filterTables } from "./filter-tables.js";

const createdAt = (value: TimeInput): string =>
  readFilter(toFilterString(filterTables.execution, (f) => f.createdAt.gte(value)))[0]?.values[0] ??
  "";
const duration = (value: DurationInput): string =>
  readFilter(toFilterString(filterTables.execution, (f) => f.duration.lt(value)))[0]?.values[0] ??
  "";

describe("A time", () => {
  it.each<[TimeInput, string]>([
    [new Date("2026-01-15T09:17:20.5Z"), "2026-01-15T09:17:20.500000Z"],
    [new Date(-1), "1969-12-31T23:59:59.999000Z"],
    ["2026-01-15T09:17:20.123456789Z", "2026-01-15T09:17:20.123456Z"],
    ["2026-01-15T09:17:20+05:30", "2026-01-15T03:47:20.000000Z"],
    ["2026-01-15T09:17-08:00", "2026-01-15T17:17:00.000000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"],
    [{ seconds: 0n, nanos: 999 }, "1970-01-01T00:00:00.000000Z"],
    [create(TimestampSchema, { seconds: -1n, nanos: 999_999_999 }), "1969-12-31T23:59:59.999999Z"],
  ])("%j is sent as %s", (value, text) => {
    expect(createdAt(value)).toBe(text);
  });

  it("is cut down, never rounded, to microseconds in UTC", () => {
    const seconds = fc.bigInt({ min: -62_135_596_800n, max: 253_402_300_799n });
    fc.assert(
      fc.property(seconds, fc.nat({ max: 999_999_999 }), (seconds, nanos) => {
        const text = createdAt({ seconds, nanos });
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
        const micros =
          BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1000n + BigInt(text.slice(20, 26));
        expect(micros).toBe(seconds * 1_000_000n + BigInt(nanos) / 1000n);
      }),
    );
  });

  it("is the same as a Date, a Timestamp and text", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          const ms = BigInt(date.getTime());
          const seconds = (ms - (((ms % 1000n) + 1000n) % 1000n)) / 1000n;
          const nanos = Number(ms - seconds * 1000n) * 1_000_000;
          expect(createdAt(date.toISOString())).toBe(createdAt(date));
          expect(createdAt({ seconds, nanos })).toBe(createdAt(date));
        },
      ),
    );
  });

  it.each<[unknown]>([
    [new Date(Number.NaN)],
    [new Date("+010000-01-01")],
    [new Date("-000001-01-01")],
    ["2026-01-15T09:17:20"],
    ["2026-02-30"],
    ["2026-01-15T24:00:00Z"],
    ["2026-01-15T09:17:60Z"],
    ["2026-01-15T09:17:20+25:00"],
    ["yesterday"],
    [""],
    [1_700_000_000_000],
    [{ seconds: 1, nanos: 0 }],
    [{ seconds: 1n, nanos: -1 }],
    [{ seconds: 1n, nanos: 1_000_000_000 }],
    [{ seconds: 2n ** 62n, nanos: 0 }],
    [null],
    [undefined],
  ])("such as %p is refused by the name of its field", (value) => {
    const build = () => createdAt(value as TimeInput);
    expect(build).toThrow(InvalidFilterError);
    expect(build).toThrow(expect.objectContaining({ field: "createdAt" }));
    expect(build).toThrow("createdAt");
  });
});

describe("A length of time", () => {
  it.each<[DurationInput, string]>([
    [{ seconds: 90 }, "90s"],
    [{ seconds: 2.5 }, "2.5s"],
    [{ seconds: 90n }, "90s"],
    [{ seconds: 0 }, "0s"],
    [{ ms: 1500 }, "1.5s"],
    [{ ms: 0.000_001 }, "0.000000001s"],
    [{ ms: -250 }, "-0.25s"],
    [{ seconds: 1n, nanos: 1 }, "1.000000001s"],
    [create(DurationSchema, { seconds: -1n, nanos: -500_000_000 }), "-1.5s"],
    [{ seconds: 9_223_372_036n, nanos: 854_775_807 }, "9223372036.854775807s"],
  ])("%p is sent as %s", (value, text) => {
    expect(duration(value)).toBe(text);
  });

  it("is exact to the nanosecond", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 9_223_372_035n }),
        fc.nat({ max: 999_999_999 }),
        (seconds, nanos) => {
          const [, whole = "", fraction = ""] =
            /^(\d+)(?:\.(\d+))?s$/.exec(duration({ seconds, nanos })) ?? [];
          expect(BigInt(whole)).toBe(seconds);
          expect(Number(fraction.padEnd(9, "0"))).toBe(nanos);
        },
      ),
    );
  });

  it.each<[unknown]>([
    [{ ms: Number.NaN }],
    [{ ms: Infinity }],
    [{ ms: "5" }],
    [{ seconds: 1e300 }],
    [{ seconds: 9_223_372_037 }],
    [{ seconds: 1, nanos: Number.NaN }],
    [{ minutes: 5 }],
    [{}],
    [90],
    ["90s"],
    [null],
  ])("such as %p is refused by the name of its field", (value) => {
    const build = () => duration(value as DurationInput);
    expect(build).toThrow(InvalidFilterError);
    expect(build).toThrow(expect.objectContaining({ field: "duration" }));
  });
});

describe("A number", () => {
  it.each([
    [0, "0"],
    [-5, "-5"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [2n ** 63n - 1n, "9223372036854775807"],
  ])("%p is sent as %s", (value, text) => {
    expect(toFilterString(filterTables.taskExecution, (f) => f.retryAttempt.eq(value))).toBe(
      `eq(retry_attempt,${text})`,
    );
  });

  it.each<[unknown]>([[1.5], [Number.NaN], [Infinity], [2 ** 53], [2n ** 63n], ["1"], [null]])(
    "such as %p is refused by the name of its field",
    (value) => {
      const build = () =>
        toFilterString(filterTables.taskExecution, (f) => f.retryAttempt.eq(value as number));
      expect(build).toThrow(InvalidFilterError);
      expect(build).toThrow(expect.objectContaining({ field: "retryAttempt" }));
    },
  );
});

describe("A name from a fixed set", () => {
  it("is sent as the server stores it: by name, or by number", () => {
    expect(toFilterString(filterTables.execution, (f) => f.phase.eq("TIMED_OUT"))).toBe(
      "eq(phase,TIMED_OUT)",
    );
    expect(toFilterString(filterTables.execution, (f) => f.state.eq("EXECUTION_ARCHIVED"))).toBe(
      "eq(state,1)",
    );
    expect(
      toFilterString(filterTables.execution, (f) => f.mode.in(["MANUAL", "CHILD_WORKFLOW"])),
    ).toBe("value_in(mode,0;4)");
    expect(toFilterString(filterTables.execution, (f) => f.launchEntity.ne("task"))).toBe(
      "ne(launch_entity,task)",
    );
    expect(toFilterString(filterTables.project, (f) => f.state.eq("SYSTEM_ARCHIVED"))).toBe(
      "eq(state,3)",
    );
    expect(
      toFilterString(filterTables.namedEntity, (f) => f.state.eq("NAMED_ENTITY_ARCHIVED")),
    ).toBe("eq(state,1)");
    expect(toFilterString(filterTables.launchPlan, (f) => f.scheduleType.notIn(["CRON"]))).toBe(
      "value_not_in(schedule_type,CRON)",
    );
  });

  it.each<[unknown]>([["failed"], ["RECOVERED"], [6], ["6"], ["toString"], [undefined]])(
    "is refused when there is none such as %p, and the message has the name that was meant, or lists those there are",
    (value) => {
      const build = () =>
        toFilterString(filterTables.execution, (f) => f.phase.eq(value as "FAILED"));
      expect(build).toThrow(InvalidFilterError);
      expect(build).toThrow(/Use FAILED|UNDEFINED, QUEUED, RUNNING, SUCCEEDING, SUCCEEDED/);
    },
  );
});

describe("Text", () => {
  it.each<[unknown]>([[5], [null], [undefined], [["a"]]])("is refused when it is %p", (value) => {
    const build = () => toFilterString(filterTables.task, (f) => f.name.eq(value as string));
    expect(build).toThrow(expect.objectContaining({ field: "name" }));
  });

  it("is refused with the position of what cannot be sent", () => {
    expect(() => toFilterString(filterTables.task, (f) => f.name.eq("ab,c"))).toThrow(
      /"," at position 2/,
    );
    expect(() => toFilterString(filterTables.task, (f) => f.name.eq("a\n"))).toThrow(
      /"\\n" at position 1/,
    );
    expect(() => toFilterString(filterTables.task, (f) => f.name.eq("\0"))).toThrow(
      /NUL character at position 0/,
    );
    expect(() => toFilterString(filterTables.task, (f) => f.name.eq("x\uD800"))).toThrow(
      /U\+D800\) at position 1/,
    );
  });

  it("is refused as a list that is none, or that is empty", () => {
    expect(() =>
      toFilterString(filterTables.task, (f) => f.name.in("abc" as unknown as string[])),
    ).toThrow("must be an array");
    expect(() => toFilterString(filterTables.task, (f) => f.name.in([]))).toThrow(
      InvalidFilterError,
    );
  });
});
