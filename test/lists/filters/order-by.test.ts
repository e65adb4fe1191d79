import { describe, expect, it } from "@jest/globals";
import { expectTypeOf } from "expect-type";

import { Sort_Direction } from "../../../gen/flyteidl/admin/common_pb.js";
import { InvalidOptionError } from "../../../src/errors/index.js";
import type { OrderBy, SortKey } from "../../../src/lists/filters/index.js";
import { toSort } from "../../../src/lists/filters/index.js";
import { filterTables } from "./filter-tables.js";

describe("toSort", () => {
  it("always has an order, by default one in which no two rows are equal", () => {
    expect(toSort(filterTables.execution, undefined)).toMatchObject({
      key: "id",
      direction: Sort_Direction.ASCENDING,
    });
    expect(toSort(filterTables.project, undefined).key).toBe("id");
    expect(toSort(filterTables.namedEntity, undefined).key).toBe("name");
    expect(toSort(filterTables.namedEntityIdentifier, undefined).key).toBe("name");
  });

  it("names the server's column, ascending unless it is asked otherwise", () => {
    expect(toSort(filterTables.execution, { field: "createdAt" })).toMatchObject({
      key: "execution_created_at",
      direction: Sort_Direction.ASCENDING,
    });
    expect(
      toSort(filterTables.task, { field: "createdAt", direction: "descending" }),
    ).toMatchObject({
      key: "created_at",
      direction: Sort_Direction.DESCENDING,
    });
    expect(toSort(filterTables.task, { field: "name", direction: "ascending" }).direction).toBe(
      Sort_Direction.ASCENDING,
    );
  });

  it("refuses a field that is none to sort by, and lists those that are", () => {
    const refused: (() => unknown)[] = [
      // @ts-expect-error -- PostgreSQL would read it as a function
      () => toSort(filterTables.execution, { field: "user" }),
      // @ts-expect-error -- the server's name is not the caller's
      () => toSort(filterTables.execution, { field: "execution_created_at" }),
      // @ts-expect-error -- no field at all
      () => toSort(filterTables.execution, {}),
      // @ts-expect-error -- no field of its own
      () => toSort(filterTables.execution, { field: "toString" }),
      // @ts-expect-error -- FlyteAdmin sorts names by nothing else
      () => toSort(filterTables.namedEntity, { field: "state" }),
    ];
    for (const build of refused) {
      expect(build).toThrow(InvalidOptionError);
      expect(build).toThrow(expect.objectContaining({ option: "orderBy.field" }));
    }
    expect(refused[4]).toThrow("sorts by project, domain, name");
  });

  it("refuses a direction that there is not", () => {
    // @ts-expect-error -- spelled out
    const build = () => toSort(filterTables.task, { field: "name", direction: "desc" });
    expect(build).toThrow(expect.objectContaining({ option: "orderBy.direction" }));
    // @ts-expect-error -- an object
    expect(() => toSort(filterTables.task, "name")).toThrow(
      expect.objectContaining({ option: "orderBy" }),
    );
  });

  it("has the sortable fields as its type", () => {
    expectTypeOf<SortKey<"namedEntityIdentifier">>().toEqualTypeOf<"project" | "domain" | "name">();
    expectTypeOf<"user">().not.toExtend<SortKey<"execution">>();
    expectTypeOf<OrderBy<"task">["field"]>().toEqualTypeOf<SortKey<"task">>();
  });
});
