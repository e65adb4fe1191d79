import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { InvalidFilterError } from "../../../src/errors/index.js";
import type { Condition, FieldsOf, TextField } from "../../../src/lists/filters/index.js";
import {
  conditionsToFilter,
  escapeLike,
  toFilterString,
} from "../../../src/lists/filters/index.js";
import { isLike, readFilter } from "./server-grammar.js";
import { filterTables } from "./filter-tables.js";

/** Text with more of what the grammar stumbles over than chance would bring. */
const anyText = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Array.from("ab (),+;%_\\\n\r\t\f\v\0:=é\u2028")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0xd800, max: 0xdfff }).map((u) => String.fromCharCode(u)),
    },
  ),
  maxLength: 12,
});

const carriable = (text: string): boolean => !/[,+;\n\0\p{Surrogate}]/u.test(text);

type SingleOperator = "eq" | "ne" | "gt" | "gte" | "lt" | "lte";

function build(make: (f: FieldsOf<"task">) => Condition<"task">): string | InvalidFilterError {
  try {
    return toFilterString(filterTables.task, make);
  } catch (error) {
    if (error instanceof InvalidFilterError) return error;
    throw error;
  }
}

function expectRefusal(built: string | InvalidFilterError): void {
  expect(built).toBeInstanceOf(InvalidFilterError);
  expect(built).toMatchObject({ field: "name" });
  expect(String(built)).toContain("name");
}

describe("A filter that was built", () => {
  it.each<SingleOperator>(["eq", "ne", "gt", "gte", "lt", "lte"])(
    "is read by the server's grammar as the %s that it was, or is refused",
    (operator) => {
      fc.assert(
        fc.property(anyText, (text) => {
          const built = build((f) => f.name[operator](text));
          if (carriable(text) && text !== "") {
            expect(readFilter(String(built))).toEqual([
              { func: operator, field: "name", values: [text] },
            ]);
          } else expectRefusal(built);
        }),
        { numRuns: 150 },
      );
    },
  );

  it.each([
    ["in", "value_in"],
    ["notIn", "value_not_in"],
  ] as const)("is read as the %s that it was, empty texts too, or is refused", (operator, func) => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (texts) => {
        const built = build((f) => f.name[operator](texts));
        if (texts.length > 0 && texts.every(carriable)) {
          const [read] = readFilter(String(built));
          expect(read).toMatchObject({ func, field: "name" });
          expect(new Set(read?.values)).toEqual(new Set(texts));
        } else expectRefusal(built);
      }),
      { numRuns: 300 },
    );
  });

  it("contains finds the text itself, and nothing else", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, before, after) => {
        const built = build((f) => f.name.contains(text));
        if (!carriable(text) || text === "") {
          expectRefusal(built);
          return;
        }
        const [read] = readFilter(String(built));
        const pattern = `%${read?.values[0] ?? ""}%`;
        expect(read?.func).toBe("contains");
        expect(isLike(before + text + after, pattern)).toBe(true);
        expect(isLike(before + after, pattern)).toBe((before + after).includes(text));
      }),
      { numRuns: 500 },
    );
  });

  it("notLike sends the pattern as it is, or refuses one that PostgreSQL would fail at", () => {
    fc.assert(
      fc.property(anyText, (pattern) => {
        const built = build((f) => f.name.notLike(pattern));
        const backslashes = /\\*$/.exec(pattern)?.[0].length ?? 0;
        if (carriable(pattern) && pattern !== "" && backslashes % 2 === 0) {
          expect(readFilter(String(built))).toEqual([
            { func: "not_like", field: "name", values: [pattern] },
          ]);
        } else expectRefusal(built);
      }),
      { numRuns: 300 },
    );
  });

  it("joins conditions so that each is read apart", () => {
    fc.assert(
      fc.property(
        fc.array(
          anyText.filter((t) => carriable(t) && t !== ""),
          { maxLength: 5 },
        ),
        (texts) => {
          const filter = toFilterString(filterTables.task, (f) =>
            texts.map((text) => f.version.ne(text)),
          );
          expect(readFilter(filter)).toEqual(
            texts.map((text) => ({ func: "ne", field: "version", values: [text] })),
          );
        },
      ),
    );
  });
});

describe("escapeLike", () => {
  it("makes a pattern that is like the text alone", () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        expect(isLike(text, escapeLike(text))).toBe(true);
        expect(isLike(other, escapeLike(text))).toBe(other === text);
      }),
    );
  });
});

describe("A condition", () => {
  it("is plain data, which can be kept and sent on", () => {
    const kept: Condition[] = [];
    toFilterString(filterTables.task, (f) => {
      const field: TextField<"task"> = f.name;
      kept.push(field.eq("a"));
      return [];
    });
    const restored = structuredClone(kept);
    expect(restored).toEqual([
      { entity: "task", field: "name", column: "name", function: "eq", values: ["a"] },
    ]);
    expect(conditionsToFilter(restored)).toBe("eq(name,a)");
  });
});
