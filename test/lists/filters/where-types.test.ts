/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   every call that is refused here has a type error, which is what is tested. */
import { describe, expect, it } from "@jest/globals";
import { expectTypeOf } from "expect-type";

import { InvalidFilterError } from "../../../src/errors/index.js";
import type { Condition, FieldsOf, WhereInput } from "../../../src/lists/filters/index.js";
import { toFilterString } from "../../../src/lists/filters/index.js";
import { filterTables } from "./filter-tables.js";

describe("What does not compile", () => {
  it("an operator that the server would fail at", () => {
    const refused: (() => unknown)[] = [
      // @ts-expect-error -- text is searched, numbers are not
      () => toFilterString(filterTables.taskExecution, (f) => f.retryAttempt.contains(1)),
      // @ts-expect-error -- nor are times
      () => toFilterString(filterTables.execution, (f) => f.createdAt.notLike("2026%")),
      // @ts-expect-error -- phases are stored as text, whose order says nothing
      () => toFilterString(filterTables.execution, (f) => f.phase.gt("FAILED")),
    ];
    for (const build of refused) expect(build).toThrow();
  });

  it("a phase of another kind, a field of another list, a column of bytes", () => {
    const refused: (() => unknown)[] = [
      // @ts-expect-error -- a phase of nodes
      () => toFilterString(filterTables.execution, (f) => f.phase.eq("SKIPPED")),
      // @ts-expect-error -- a phase of executions
      () => toFilterString(filterTables.taskExecution, (f) => f.phase.in(["TIMED_OUT"])),
      // @ts-expect-error -- FlyteAdmin would compare the name of the execution
      () => toFilterString(filterTables.taskExecution, (f) => f.name.eq("my.task")),
      // @ts-expect-error -- lists of executions do not join nodes
      () => toFilterString(filterTables.execution, (f) => f.nodeExecution.phase.eq("FAILED")),
      // @ts-expect-error -- a serialized message
      () => toFilterString(filterTables.execution, (f) => f.closure.eq("x")),
      // @ts-expect-error -- lists of identifiers take no filter
      () => toFilterString(filterTables.namedEntityIdentifier, (f) => f.name.eq("x")),
      // @ts-expect-error -- a time, not a number
      () => toFilterString(filterTables.execution, (f) => f.createdAt.gt(1_700_000_000)),
    ];
    for (const build of refused) expect(build).toThrow();
  });

  it("a condition of one list in another", () => {
    expectTypeOf<Condition<"task">>().not.toExtend<Condition<"execution">>();
    expectTypeOf<ReturnType<WhereInput<"task">>>().not.toExtend<
      ReturnType<WhereInput<"execution">>
    >();
  });

  it("has the names of each kind's phases as its types", () => {
    expectTypeOf<"SUCCEEDING">().toExtend<Parameters<FieldsOf<"execution">["phase"]["eq"]>[0]>();
    expectTypeOf<"SUCCEEDING">().not.toExtend<
      Parameters<FieldsOf<"nodeExecution">["phase"]["eq"]>[0]
    >();
    expectTypeOf<Parameters<Parameters<WhereInput<"nodeExecution">>[0]["cacheStatus"]["eq"]>[0]>()
      .extract<"CACHE_HIT">()
      .toEqualTypeOf<"CACHE_HIT">();
  });

  it("names the fields there are when asked for another", () => {
    const build = () =>
      // @ts-expect-error -- the field does not exist
      toFilterString(filterTables.signal, (f) => f.signalName.eq("x") as Condition<"signal">);
    expect(build).toThrow(InvalidFilterError);
    expect(build).toThrow(/no field "signalName".*signalId/);
  });
});
