import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { parseWhere, toWhere, whereOperators } from "../../../src/cli/where/index.js";
import { InvalidFilterError } from "../../../src/index.js";
import {
  executionFilters,
  taskExecutionFilters,
  toFilterString,
  type WhereInput,
} from "../../../src/lists/filters/index.js";

const now = () => new Date("2026-11-29T12:00:00Z");

function executionFilter(...texts: readonly string[]): string {
  return toFilterString(executionFilters, toWhere({ table: executionFilters, now }, texts));
}

function built(where: WhereInput<"execution">): string {
  return toFilterString(executionFilters, where);
}

function errorOf(text: string): string {
  try {
    executionFilter(text);
  } catch (error) {
    if (error instanceof InvalidFilterError) return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe("--where", () => {
  test("means what the filter builder writes", () => {
    expect(executionFilter("phase=FAILED,createdAt>2026-11-01")).toBe(
      built((f) => [f.phase.eq("FAILED"), f.createdAt.gt("2026-11-01")]),
    );
    expect(executionFilter("phase=FAILED|TIMED_OUT")).toBe(
      built((f) => f.phase.in(["FAILED", "TIMED_OUT"])),
    );
    expect(executionFilter("phase!=FAILED|ABORTED")).toBe(
      built((f) => f.phase.notIn(["FAILED", "ABORTED"])),
    );
    expect(executionFilter("name~train, errorCode!~'%OOM%'")).toBe(
      built((f) => [f.name.contains("train"), f.errorCode.notLike("%OOM%")]),
    );
    expect(executionFilter("launchPlan.name=core.flows.train")).toBe(
      built((f) => f.launchPlan.name.eq("core.flows.train")),
    );
    expect(executionFilter("launchPlanId>=7")).toBe(built((f) => f.launchPlanId.gte(7)));
    expect(executionFilter("duration>1h30m")).toBe(built((f) => f.duration.gt({ seconds: 5400 })));
  });

  test("reads a time before now, and names of enums in lower case", () => {
    expect(executionFilter("createdAt>-2h,phase=failed")).toBe(
      built((f) => [f.createdAt.gt("2026-11-29T10:00:00Z"), f.phase.eq("FAILED")]),
    );
  });

  test("joins the conditions of several options, and has none without any", () => {
    expect(executionFilter("phase=FAILED", "name=a")).toBe(
      built((f) => [f.phase.eq("FAILED"), f.name.eq("a")]),
    );
    expect(toWhere({ table: executionFilters, now }, [])).toBeUndefined();
  });

  test("matches the empty string, which the server's grammar carries in a list only", () => {
    expect(executionFilter('executionTag.value=""')).toBe(
      built((f) => f.executionTag.value.in([""])),
    );
  });

  test("points at a field that does not exist, and names those that do", () => {
    expect(errorOf("name=a,phse=FAILED")).toMatch(
      /^--where, character 8: there is no field "phse". Use phase\.\n {2}name=a,phse=FAILED\n {9}\^{4}\nThe fields are id, .*phase, /,
    );
  });

  test.each([
    ["phase=FAILD", 7, 'the value for phase is "FAILD"'],
    ["phase>FAILED", 6, "phase does not take >. It takes = !=."],
    ["createdAt=yesterday", 11, "a time reads like"],
    ["createdAt>-2x", 11, "such as -90m, -2h or -7d"],
    ["launchPlanId=x", 14, "the value must be an integer"],
    ["duration>long", 10, "a duration such as 90s"],
    ["createdAt>2026-01-01|2026-02-01", 10, "> takes one value"],
    ["phase", 6, "expected an operator"],
    ["phase==FAILED", 7, "equality is one ="],
    ["phase=", 7, 'The empty string is written "".'],
    ["phase=FAILED,", 14, "expected the name of a field"],
    ["name='a", 6, "the quote ' has no end"],
    ["name='a'b", 9, "expected a comma and another condition"],
    ["name='a+b'", 6, 'holds "+" at position 1'],
  ])("refuses %s at character %i", (text, character, problem) => {
    const message = errorOf(text);
    expect(message).toContain(`--where, character ${character}: `);
    expect(message).toContain(problem);
  });

  test("shows no control character of the text in its error, and keeps the mark in place", () => {
    const [, shown = "", mark = ""] = errorOf("\u001b[2Jphase=FAILED").split("\n");
    expect(shown).toBe("  ·[2Jphase=FAILED");
    expect(mark).toBe("  ^");
  });

  test("reads back every condition that can be written", () => {
    const field = fc.stringMatching(/^[A-Za-z]\w{0,8}(\.[A-Za-z]\w{0,8})?$/);
    const bare = fc
      .string({ minLength: 1, maxLength: 12 })
      .map((text) => text.trim())
      .filter((text) => text !== "" && !/[,|]/.test(text) && !/^["'=]/.test(text) && text !== "~");
    const quoted = fc
      .tuple(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom('"', "'"))
      .map(([text, quote]) => ({
        text,
        written: quote + text.replace(/[\\"']/g, "\\$&") + quote,
      }));
    const value = fc.oneof(
      bare.map((text) => ({ text, written: text })),
      quoted,
    );
    const space = fc.constantFrom("", " ", "\t ");
    const condition = fc.record({
      field,
      operator: fc.constantFrom(...whereOperators),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      space,
    });
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
        const text = conditions
          .map(({ field, operator, values, space }) => {
            const list = values.map(({ written }) => space + written + space).join("|");
            return space + field + space + operator + list;
          })
          .join(",");
        const parsed = parseWhere(text);
        expect(
          parsed.map((one) => [
            one.field.text,
            one.operator.text,
            one.values.map(({ text: read }) => read),
          ]),
        ).toEqual(
          conditions.map((one) => [one.field, one.operator, one.values.map(({ text: t }) => t)]),
        );
        for (const { field: part } of parsed) {
          expect(text.slice(part.at, part.at + part.length)).toBe(part.text);
        }
      }),
    );
  });

  test("answers any text with conditions or an error that points into it", () => {
    const piece = fc.oneof(
      fc.constantFrom("phase", "task.name", "createdAt", ...whereOperators, "|", ",", '"', "\\"),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = pieces.join("");
        try {
          toWhere({ table: taskExecutionFilters, now }, [text]);
        } catch (error) {
          if (!(error instanceof InvalidFilterError)) throw error;
          const at = Number(/^--where, character (\d+): /.exec(error.message)?.[1]);
          expect(at).toBeGreaterThanOrEqual(1);
          expect(at).toBeLessThanOrEqual(text.length + 1);
        }
      }),
    );
  });
});
