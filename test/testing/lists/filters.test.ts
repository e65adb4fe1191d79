import { describe, expect, test } from "@jest/globals";
import { Code } from "@connectrpc/connect";

import { LaunchPlanState } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  executionEntity,
  listRows,
  taskEntity,
  taskExecutionEntity,
} from "../../../src/testing/lists/index.js";
import { emptyState } from "../../support/server-state.js";
import {
  attemptsOf,
  errorOf,
  insertExecution,
  insertLaunchPlan,
  insertTask,
  insertWorkflow,
  request,
  tagExecution,
} from "./rows.js";

function taskNames(filters: string, ...names: string[]): string[] {
  const state = emptyState();
  for (const name of names) insertTask(state, name);
  const page = listRows(state, state.tasks.rows, request(filters), {
    entity: taskEntity,
    rpc: "ListTasks",
  });
  return page.rows.map(({ name }) => name);
}

function filterError(filters: string): [number, string] {
  return errorOf(() => taskNames(filters, "foo"));
}

describe("the grammar", () => {
  test.each([
    ["eq(name,foo)", ["foo"]],
    ["eq(name, foo)", ["foo"]],
    ["eq(name,  foo)", [" foo"]],
    ["eq(name, )", [" "]],
    ["value_in(name,;)", [""]],
    ["value_in(name,foo;)", ["foo", ""]],
    ["eq(name,a(b))", ["a(b)"]],
    ["eq(name,foo)tail", ["foo"]],
    ["eq(task.name,foo)", ["foo"]],
    ["ne(name,foo)+ne(name,a(b))", ["", " ", " foo"]],
  ])("reads %s", (filters, found) => {
    expect(taskNames(filters, "foo", "", " ", "a(b)", " foo")).toEqual(found);
  });

  test.each([
    "eq(name,)",
    "name=x",
    "eq()",
    "eq(,x)",
    "abc",
    "eq(name,a+b)",
    "eq(name,a)+",
    "+eq(name,a)",
    "eq(name,a\nb)",
  ])("refuses %j as no expression", (filters) => {
    expect(filterError(filters)).toEqual([Code.InvalidArgument, "invalid value for filters"]);
  });

  test("swallows one newline after the comma, as any white space", () => {
    expect(taskNames("eq(name,\nfoo)", "foo")).toEqual(["foo"]);
  });

  test.each([
    ["eq(name,a,b)", "'t.name,a' is invalid filter"],
    ["eq(name,f(a,b))", "'t.a' is invalid filter"],
    ["eq( name,x)", "'t. name' is invalid filter"],
    ["eq(name ,x)", "'t.name ' is invalid filter"],
    ["eq(Name,x)", "'t.Name' is invalid filter"],
    ["eq(task.task.name,x)", "'t.task.name' is invalid filter"],
    ["eq(foo.name,x)", "'t.foo.name' is invalid filter"],
    ["eq(constructor,x)", "'t.constructor' is invalid filter"],
    ["eq(workflow.name,x)", "'w' entity is not allowed in filters"],
    ["eq(admin_tag.name,x)", "'at' entity is not allowed in filters"],
    ["eq(execution_admin_tag.name,x)", "'eat' entity is not allowed in filters"],
    [" eq(name,x)", "unrecognized filter function:  eq"],
    ["EQ(name,x)", "unrecognized filter function: EQ"],
    ["eq(name,a) eq(name,b)", "unrecognized filter function: eq(name,a) eq"],
    ["EQ(name,x)+abc", "unrecognized filter function: EQ"],
    ["eq(Name,x)+(state,foo)", "'t.Name' is invalid filter"],
    ["eq(name,x)++eq(Name,x)", "invalid value for filters"],
  ])("answers %j with: %s", (filters, text) => {
    expect(filterError(filters)).toEqual([Code.InvalidArgument, text]);
  });
});

describe("values", () => {
  test.each([
    ["eq(name,A;B)", "operator does not exist: text = record"],
    ["ne(name,A;B)", "operator does not exist: text <> record"],
    ["not_like(name,A;B)", "operator does not exist: text !~~ record"],
    ["gt(id,1;2)", "operator does not exist: bigint > record"],
    ["contains(id,1)", "operator does not exist: bigint ~~ unknown"],
    ["not_like(created_at,x)", "operator does not exist: timestamp with time zone !~~ unknown"],
    ["eq(id,1.5)", 'invalid input syntax for type bigint: "1.5"'],
    ["value_in(id,1;x)", 'invalid input syntax for type bigint: "x"'],
    ["eq(id,9223372036854775808)", 'value "9223372036854775808" is out of range for type bigint'],
    [
      "gt(created_at,yesterdayish)",
      'invalid input syntax for type timestamp with time zone: "yesterdayish"',
    ],
    ["gt(created_at,2026-13-01)", 'date/time field value out of range: "2026-13-01"'],
    ["gt(created_at,1700000000)", 'date/time field value out of range: "1700000000"'],
    ["eq(name,a\u0000b)", 'invalid byte sequence for encoding "UTF8": 0x00'],
    ["eq(closure,a\\9)", "invalid input syntax for type bytea"],
    ["eq(name,a)+eq(id,x)+eq(type,A;B)", "operator does not exist: text = record"],
  ])("%j fails in the database, which counts as an unknown error: %s", (filters, text) => {
    expect(filterError(filters)).toEqual([Code.Unknown, `failed database operation with ${text}`]);
  });

  test("contains with a list looks for the list as Go prints it, and finds nothing", () => {
    expect(taskNames("contains(name,a;b)", "a", "b", "[a b]")).toEqual(["[a b]"]);
  });

  test("% and _ are wildcards, a backslash takes them literally, and case counts", () => {
    const names = ["under_score", "underXscore", "50%", "500", "Foo"];
    expect(taskNames("not_like(name,under_score)", ...names)).toEqual(["50%", "500", "Foo"]);
    expect(taskNames("contains(name,r\\_s)", ...names)).toEqual(["under_score"]);
    expect(taskNames("contains(name,50\\)", ...names)).toEqual(["50%"]);
    expect(taskNames("contains(name,%)", ...names)).toEqual(names);
    expect(taskNames("contains(name,foo)", ...names)).toEqual([]);
  });

  test("a pattern that ends in a backslash fails once a row reaches its end", () => {
    expect(taskNames("not_like(name,x\\)", "foo")).toEqual(["foo"]);
    expect(filterError("not_like(name,fo\\)")).toEqual([
      Code.Unknown,
      "failed database operation with LIKE pattern must not end with escape character",
    ]);
  });

  test("NULL meets no condition, not even a negative one", () => {
    expect(taskNames("ne(deleted_at,2026-01-01)", "a")).toEqual([]);
    expect(taskNames("value_not_in(deleted_at,2026-01-01)", "a")).toEqual([]);
  });

  test.each([
    ["2026-03-01T12:00:00.000001Z", true],
    ["2026-03-01 12:00:00.000001", true],
    ["2026-03-01T07:00:00.000001-05:00", true],
    ["2026/3/1 12:00:00.000001 UTC", true],
    ["20260301 12:00:00.000001", true],
    ["2026-03-01T12:00:00.0000014999Z", true],
    ["2026-03-01T12:00:00.0000016Z", false],
    ["2026-03-01", false],
    ["now", false],
    ["today", false],
    ["infinity", false],
  ])("a filter may say %s, which is rounded to microseconds", (time, same) => {
    const state = emptyState();
    insertTask(state, "a", { createdAt: Date.parse("2026-03-01T12:00:00Z") * 1000 + 1 });
    const page = listRows(state, state.tasks.rows, request(`eq(created_at,${time})`), {
      entity: taskEntity,
    });
    expect(page.rows.length).toBe(same ? 1 : 0);
  });
});

describe("durations", () => {
  function lasting(filters: string): string[] {
    const state = emptyState();
    insertExecution(state, "short", { duration: 250_000_000n });
    insertExecution(state, "long", { duration: 5_400_000_000_000n });
    const page = listRows(state, state.executions.rows, request(filters), {
      entity: executionEntity,
    });
    return page.rows.map(({ name }) => name);
  }

  test.each([
    ["eq(duration,1h30m)", ["long"]],
    ["eq(duration,0.25)", ["short"]],
    ["eq(duration,250ms)", ["short"]],
    ["gt(duration,1e3)", ["long"]],
    ["gt(duration,-1)", ["short", "long"]],
    ["value_in(duration,5400;.25s)", ["short", "long"]],
  ])("%s is a bare number of seconds or Go's syntax", (filters, found) => {
    expect(lasting(filters)).toEqual(found);
  });

  test.each(["1d", "soon", "", "1h 2m"])("%j is no duration", (text) => {
    expect(errorOf(() => lasting(`value_in(duration,1;${text})`))).toEqual([
      Code.InvalidArgument,
      `Failed to parse duration [${text}]`,
    ]);
  });

  test.each([
    ["1e30", "1e+30s"],
    ["0.00001", "1e-05s"],
    ["Inf", "+Infs"],
    ["nan", "NaNs"],
    ["1e400", "1e400"],
    ["10000000000", "10000000000s"],
  ])(
    "the number %s cannot be a duration, and the text shows what the server made of it",
    (text, shown) => {
      expect(errorOf(() => lasting(`gt(duration,${text})`))).toEqual([
        Code.InvalidArgument,
        `Failed to parse duration [${shown}]`,
      ]);
    },
  );

  test("the duration is read before the function is known", () => {
    expect(errorOf(() => lasting("nope(duration,x)"))[1]).toBe("Failed to parse duration [x]");
  });
});

describe("joins", () => {
  test("an execution is repeated for every tag row that matches, and a namesake's tags count", () => {
    const state = emptyState();
    const tagged = insertExecution(state, "one", {});
    insertExecution(state, "two", {});
    tagExecution(state, tagged, "a");
    tagExecution(state, tagged, "b", "v");
    tagExecution(state, insertExecution(state, "two", { project: "elsewhere" }), "c");
    const list = (filters: string) =>
      listRows(state, state.executions.group("flytesnacks\u0000development"), request(filters), {
        entity: executionEntity,
      }).rows.map(({ name }) => name);
    expect(list("value_in(execution_tag.key,a;b)")).toEqual(["one", "one"]);
    expect(list("eq(execution_tag.key,a)+eq(admin_tag.name,b)")).toEqual([]);
    expect(list("eq(admin_tag.name,b)+eq(execution_tag.value,v)")).toEqual(["one"]);
    expect(list("value_in(execution_tag.value,;)")).toEqual(["one", "two"]);
    expect(list("eq(execution_tag.key,c)")).toEqual(["two"]);
    expect(errorOf(() => list("eq(admin_tag.key,a)"))[1]).toBe("'at.key' is invalid filter");
    expect(errorOf(() => list("eq(admin_tag.name,a;b)"))[1]).toBe(
      "failed database operation with operator does not exist: character varying = record",
    );
  });

  test("an execution without a launch plan or a task meets no condition on it", () => {
    const state = emptyState();
    const workflow = insertWorkflow(state, "wf");
    insertExecution(state, "by-plan", {
      workflow,
      launchPlan: insertLaunchPlan(state, workflow, LaunchPlanState.ACTIVE),
    });
    insertExecution(state, "by-task", { workflow, task: insertTask(state, "t") });
    const list = (filters: string) =>
      listRows(state, state.executions.rows, request(filters), {
        entity: executionEntity,
      }).rows.map(({ name }) => name);
    expect(list("value_in(launch_plan.state,0;1)")).toEqual(["by-plan"]);
    expect(list("ne(task.name,x)")).toEqual(["by-task"]);
    expect(list("eq(workflow.name,wf)")).toEqual(["by-plan", "by-task"]);
    expect(errorOf(() => list("eq(project.name,x)"))[1]).toBe(
      "'p' entity is not allowed in filters",
    );
    expect(errorOf(() => list("eq(name,x)"))[1]).toBe("'e.name' is invalid filter");
  });

  test("name and project of an attempt are those of its execution, and its task must be registered", () => {
    const state = emptyState();
    insertTask(state, "known");
    const attempts = attemptsOf(state, insertExecution(state, "exec", {}), ["known", "dynamic"]);
    const list = (filters: string) =>
      listRows(state, attempts, request(filters), { entity: taskExecutionEntity }).rows.map(
        ({ task }) => task.name,
      );
    expect(list("eq(name,known)")).toEqual([]);
    expect(list("eq(name,exec)+eq(project,flytesnacks)")).toEqual(["known", "dynamic"]);
    expect(list("value_in(task.name,known;dynamic)")).toEqual(["known"]);
    expect(list("eq(execution.phase,RUNNING)+eq(node_execution.node_id,n0)")).toEqual([
      "known",
      "dynamic",
    ]);
    expect(errorOf(() => list("eq(retry_attempt,x)"))[1]).toBe(
      'failed database operation with invalid input syntax for type bigint: "x"',
    );
  });
});
