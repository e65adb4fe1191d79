import { describe, expect, test } from "@jest/globals";
import { create, fromJson } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import fc from "fast-check";

import { SortSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import {
  executionEntity,
  listRows,
  type ListRequest,
  requireLimit,
  taskEntity,
  taskExecutionEntity,
} from "../../../src/testing/lists/index.js";
import type { TaskRow } from "../../../src/testing/store/index.js";
import { emptyState } from "../../support/server-state.js";
import {
  ascending,
  attemptsOf,
  descending,
  errorOf,
  insertExecution,
  insertTask,
  request,
} from "./rows.js";

function stateWithTasks(count: number) {
  const state = emptyState();
  for (let index = 0; index < count; index++) insertTask(state, `t${String(index)}`);
  const list = (more: Partial<ListRequest>, filters = "") => {
    const { rows, token } = listRows(state, state.tasks.rows, request(filters, more), {
      entity: taskEntity,
      rpc: "ListTasks",
    });
    return { names: rows.map(({ name }) => name), token };
  };
  return { state, list };
}

describe("tokens", () => {
  test("a token is the offset of the next page, and is given only when the page is full", () => {
    const { list } = stateWithTasks(5);
    expect(list({ limit: 2 })).toEqual({ names: ["t0", "t1"], token: "2" });
    expect(list({ limit: 2, token: "2" })).toEqual({ names: ["t2", "t3"], token: "4" });
    expect(list({ limit: 2, token: "4" })).toEqual({ names: ["t4"], token: "" });
  });

  test("a last page that is full has a token, and an empty page follows", () => {
    const { list } = stateWithTasks(4);
    expect(list({ limit: 2, token: "2" }).token).toBe("4");
    expect(list({ limit: 2, token: "4" })).toEqual({ names: [], token: "" });
  });

  test("a plus sign and zeros before the number are taken, and an offset past the end is empty", () => {
    const { list } = stateWithTasks(3);
    expect(list({ limit: 1, token: "+1" })).toEqual({ names: ["t1"], token: "2" });
    expect(list({ limit: 1, token: "002" }).names).toEqual(["t2"]);
    expect(list({ limit: 1, token: "-0" }).names).toEqual(["t0"]);
    expect(list({ limit: 1, token: "9223372036854775807" })).toEqual({ names: [], token: "" });
  });

  test.each(["abc", "-1", " 1", "0x1", "1.0", "9223372036854775808", "1 "])(
    "%j is no token",
    (token) => {
      expect(errorOf(() => stateWithTasks(1).list({ token }))).toEqual([
        Code.InvalidArgument,
        `invalid pagination token ${token} for ListTasks`,
      ]);
    },
  );

  test("a limit of 0 is refused where the server refuses it, and no limit elsewhere", () => {
    expect(
      errorOf(() => {
        requireLimit(0);
      }),
    ).toEqual([Code.InvalidArgument, "invalid value for limit"]);
    expect(stateWithTasks(3).list({ limit: 0 })).toEqual({ names: ["t0", "t1", "t2"], token: "" });
    expect(stateWithTasks(0).list({ limit: 0, token: "7" })).toEqual({ names: [], token: "7" });
  });
});

describe("what is looked at first", () => {
  test("filters, then the sort, then the token, then the database", () => {
    const { list } = stateWithTasks(1);
    const wrong = { sortBy: ascending("nope"), token: "x" };
    expect(errorOf(() => list(wrong, "eq(nope,1)"))[1]).toBe("'t.nope' is invalid filter");
    expect(errorOf(() => list(wrong, "eq(id,x)"))[1]).toBe("invalid sort key 'nope'");
    expect(errorOf(() => list({ token: "x" }, "eq(id,x)"))[1]).toBe(
      "invalid pagination token x for ListTasks",
    );
  });
});

describe("sorting", () => {
  test("a sort without a direction descends, and one without a key is refused", () => {
    const { list } = stateWithTasks(3);
    expect(list({ sortBy: create(SortSchema, { key: "id" }) }).names).toEqual(["t2", "t1", "t0"]);
    expect(errorOf(() => list({ sortBy: create(SortSchema) }))[1]).toBe("invalid sort key ''");
    expect(errorOf(() => list({ sortBy: ascending("t.id") }))[1]).toBe("invalid sort key 't.id'");
    expect(
      errorOf(() => list({ sortBy: fromJson(SortSchema, { key: "id", direction: 7 }) }))[1],
    ).toBe('invalid sort order specified: key:"id"  direction:7');
  });

  test("NULL is larger than any value", () => {
    const state = emptyState();
    for (const [name, errorKind] of [
      ["a", null],
      ["b", "USER"],
      ["c", "SYSTEM"],
    ] as const) {
      insertExecution(state, name, { errorKind });
    }
    const list = (sortBy: ListRequest["sortBy"]) =>
      listRows(state, state.executions.rows, request("", { sortBy }), {
        entity: executionEntity,
      }).rows.map(({ name }) => name);
    expect(list(ascending("error_kind"))).toEqual(["c", "b", "a"]);
    expect(list(descending("error_kind"))).toEqual(["a", "b", "c"]);
  });

  test("`user` does not sort executions, and `name` sorts attempts by their task", () => {
    const state = emptyState();
    const execution = insertExecution(state, "one", { user: "z" });
    insertExecution(state, "two", { user: "a" });
    const byUser = listRows(
      state,
      state.executions.rows,
      request("", { sortBy: ascending("user") }),
      {
        entity: executionEntity,
      },
    );
    expect(byUser.rows.map(({ name }) => name)).toEqual(["one", "two"]);
    const attempts = attemptsOf(state, execution, ["b", "a"]);
    const byName = listRows(state, attempts, request("", { sortBy: ascending("name") }), {
      entity: taskExecutionEntity,
    });
    expect(byName.rows.map(({ task }) => task.name)).toEqual(["a", "b"]);
  });

  test("pages cover every row once in any order, whatever their size", () => {
    const { list } = stateWithTasks(23);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom("id", "name", "created_at", "type"),
        fc.boolean(),
        fc.constantFrom("", "ne(name,t3)"),
        (limit, key, up, filters) => {
          const sortBy = up ? ascending(key) : descending(key);
          const names: string[] = [];
          let token = "";
          do {
            const page = list({ limit, token, sortBy }, filters);
            names.push(...page.names);
            token = page.token;
          } while (token !== "");
          expect(new Set(names).size).toBe(names.length);
          expect(names.length).toBe(filters === "" ? 23 : 22);
          expect(names).toEqual(list({ sortBy }, filters).names);
        },
      ),
    );
  });

  test("a write between two pages shows in the second", () => {
    const { state, list } = stateWithTasks(3);
    const byName = { sortBy: ascending("name") };
    expect(list(byName).names).toEqual(["t0", "t1", "t2"]);
    insertTask(state, "s");
    expect(list(byName).names).toEqual(["s", "t0", "t1", "t2"]);
  });
});

describe("a million rows", () => {
  test("the last page of a list sorted by id reads no rows before it", () => {
    const { state } = stateWithTasks(1);
    const [only] = state.tasks.rows;
    let reads = 0;
    const rows = new Proxy(
      Array.from({ length: 100_000 }, () => only!),
      {
        get(target, key, receiver): unknown {
          if (typeof key === "string" && /^\d+$/.test(key)) reads++;
          return Reflect.get(target, key, receiver);
        },
      },
    );
    const page = listRows(
      state,
      rows,
      request("", { limit: 10, token: "99990", sortBy: ascending("id") }),
      {
        entity: taskEntity,
      },
    );
    expect(page.rows.length).toBe(10);
    expect(reads).toBe(10);
  });

  test("a walk over filtered and sorted pages filters and sorts once", () => {
    const { state } = stateWithTasks(100);
    let reads = 0;
    const name = taskEntity.columns["name"]!;
    const counted: typeof taskEntity = {
      ...taskEntity,
      columns: {
        ...taskEntity.columns,
        name: { ...name, read: (row: TaskRow) => (reads++, name.read(row)) },
      },
    };
    for (let token = 0; token < 100; token += 10) {
      const paged = request("ne(name,x)", {
        limit: 10,
        token: String(token),
        sortBy: ascending("name"),
      });
      listRows(state, state.tasks.rows, paged, { entity: counted });
    }
    expect(reads).toBe(200);
  });
});
