import { describe, expect, it } from "@jest/globals";

import { InvalidFilterError, InvalidOptionError } from "../../../src/errors/index.js";
import type { Condition, WhereInput } from "../../../src/lists/filters/index.js";
import {
  conditionsToFilter,
  maxFilterBytes,
  rawFilter,
  toFilterString,
} from "../../../src/lists/filters/index.js";
import { filterTables } from "./filter-tables.js";

describe("where", () => {
  it("returns one condition, or several that all must hold", () => {
    expect(
      toFilterString(filterTables.taskExecution, (f) => [
        f.phase.in(["FAILED", "ABORTED"]),
        f.retryAttempt.gte(1),
      ]),
    ).toBe("value_in(phase,FAILED;ABORTED)+gte(retry_attempt,1)");
    expect(toFilterString(filterTables.execution, (f) => f.name.contains("a_b"))).toBe(
      "contains(execution_name,a\\_b)",
    );
  });

  it("names the fields as the messages do, and sends the server's columns", () => {
    const t = "2026-01-15";
    const sent = "2026-01-15T00:00:00.000000Z";
    expect(toFilterString(filterTables.execution, (f) => f.createdAt.gt(t))).toBe(
      `gt(execution_created_at,${sent})`,
    );
    expect(toFilterString(filterTables.nodeExecution, (f) => f.createdAt.gt(t))).toBe(
      `gt(node_execution_created_at,${sent})`,
    );
    expect(toFilterString(filterTables.taskExecution, (f) => f.createdAt.gt(t))).toBe(
      `gt(task_execution_created_at,${sent})`,
    );
    expect(toFilterString(filterTables.task, (f) => f.createdAt.gt(t))).toBe(
      `gt(created_at,${sent})`,
    );
    expect(toFilterString(filterTables.execution, (f) => f.rowCreatedAt.gt(t))).toBe(
      `gt(created_at,${sent})`,
    );
  });

  it("reaches the fields of related entities under their names", () => {
    expect(
      toFilterString(filterTables.taskExecution, (f) => [
        f.task.name.eq("my.task"),
        f.nodeExecution.phase.eq("RUNNING"),
        f.execution.phase.ne("ABORTED"),
      ]),
    ).toBe("eq(task.name,my.task)+eq(node_execution.phase,RUNNING)+ne(execution.phase,ABORTED)");
    expect(
      toFilterString(filterTables.execution, (f) => [
        f.executionTag.key.eq("nightly"),
        f.launchPlan.id.gt(1),
      ]),
    ).toBe("eq(execution_tag.key,nightly)+gt(launch_plan.id,1)");
    expect(() => toFilterString(filterTables.taskExecution, (f) => f.task.name.eq("a,b"))).toThrow(
      expect.objectContaining({ field: "task.name" }),
    );
  });

  it("filters nothing when it is left out, or returns no conditions", () => {
    expect(toFilterString(filterTables.project, undefined)).toBe("");
    expect(toFilterString(filterTables.project, () => [])).toBe("");
  });

  it("skips falsy conditions, alone or among others", () => {
    const since: string | undefined = undefined as string | undefined;
    const name = "" as string;
    const atLeast = 0 as number;
    expect(
      toFilterString(filterTables.execution, (f) => [
        since && f.createdAt.gte(since),
        name !== "" && f.name.eq(name),
        atLeast > 0 ? f.id.gt(atLeast) : null,
        f.phase.eq("FAILED"),
      ]),
    ).toBe("eq(phase,FAILED)");
    expect(toFilterString(filterTables.execution, (f) => since && f.createdAt.gte(since))).toBe("");
  });

  it("refuses a function that makes a condition and forgets to return it", () => {
    const forgetful = ((f: { name: { eq(name: string): unknown } }) => {
      f.name.eq("x");
    }) as unknown as WhereInput<"task">;
    expect(() => toFilterString(filterTables.task, forgetful)).toThrow(
      "where made a condition on name and returned undefined: return the conditions",
    );
    // It compiles, since where may return undefined.
    const silent: WhereInput<"task"> = (f) => {
      f.name.eq("x");
    };
    expect(() => toFilterString(filterTables.task, silent)).toThrow(InvalidOptionError);
  });

  it.each<[unknown, string]>([
    [{}, 'got an object: write where: (f) => [f.phase.in(["FAILED"])]'],
    [{ phase: "FAILED" }, 'write where: (f) => [f.phase.in(["FAILED"])]'],
    [{ name: "x" }, "write where: (f) => [f.name.eq(…)]"],
    [[], "got an array: write where: (f) => ["],
    ["eq(name,x)", 'got "eq(name,x)": write where: (f) => ['],
    [true, "got true: write where: (f) => ["],
  ])("refuses %j with the function that would be right", (where, text) => {
    expect(() => toFilterString(filterTables.execution, where as WhereInput<"execution">)).toThrow(
      text,
    );
  });

  it("takes a raw filter as it is, alone or among conditions", () => {
    expect(toFilterString(filterTables.namedEntity, () => rawFilter("contains(name,%)"))).toBe(
      "contains(name,%)",
    );
    expect(toFilterString(filterTables.task, (f) => [rawFilter("eq(a,b)"), f.name.eq("x")])).toBe(
      "eq(a,b)+eq(name,x)",
    );
  });

  it("refuses a raw filter that is no text", () => {
    expect(() => rawFilter("")).toThrow(InvalidFilterError);
    // @ts-expect-error -- it takes text
    expect(() => rawFilter(5)).toThrow("got 5");
    expect(() => rawFilter("eq(a,\uDC00)")).toThrow("position 5");
  });

  it("refuses a condition of another list, also one that the compiler did not see", () => {
    let stray: Condition<"task"> | undefined;
    toFilterString(filterTables.task, (f) => (stray = f.name.eq("x")));
    const where = (() => stray) as unknown as WhereInput<"execution">;
    expect(() => toFilterString(filterTables.execution, where)).toThrow(/is for task rows/);
  });

  it.each<[string, unknown]>([
    ["a function", "eq(name,x)"],
    ["conditions", () => true],
    ["conditions", () => "eq(name,x)"],
    ["conditions", () => [7]],
    ["conditions", () => ({ name: "x" })],
  ])("must give %s", (what, where) => {
    const build = () => toFilterString(filterTables.task, where as WhereInput<"task">);
    expect(build).toThrow(InvalidOptionError);
    expect(build).toThrow(what);
  });

  it("returns fields that can be looked at, as a debugger does", () => {
    toFilterString(filterTables.execution, (f) => {
      expect(Object.keys(f)).toContain("phase");
      expect("phase" in f).toBe(true);
      expect(Reflect.get(f, Symbol.toStringTag)).toBeUndefined();
      expect(() => JSON.stringify(f)).not.toThrow();
      return [];
    });
  });

  it("is refused when it makes a filter that the server's errors could not repeat", () => {
    const names = Array.from({ length: 3000 }, (_, i) => `execution-${i}`);
    const build = () => toFilterString(filterTables.execution, (f) => f.name.in(names));
    expect(build).toThrow(InvalidFilterError);
    expect(build).toThrow(expect.objectContaining({ field: "name" }));
    expect(build).toThrow(String(maxFilterBytes));
    expect(() => conditionsToFilter([rawFilter("x".repeat(maxFilterBytes))])).not.toThrow();
    expect(() => conditionsToFilter([rawFilter("é".repeat(maxFilterBytes / 6 + 1))])).toThrow(
      "rawFilter",
    );
  });
});
