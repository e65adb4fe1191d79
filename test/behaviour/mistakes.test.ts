import { inspect } from "node:util";

import { afterEach, describe, expect, test } from "@jest/globals";
import { expectTypeOf } from "expect-type";

import * as functions from "../../src/functions.js";
import {
  AdminClient,
  clientCredentials,
  durationMs,
  executionId,
  FlyteError,
  formatId,
  isTerminal,
  literalsToValues,
  mapConcurrent,
  outcomeOf,
  simpleType,
  staticToken,
  timestampDate,
  toJson,
  unwrapOutcome,
  type WhereInput,
} from "../../src/index.js";
import { connect } from "../../src/node.js";
import { executionsQuery } from "../../src/query.js";
import {
  InMemoryFlyteAdmin,
  seedExecution,
  seedFailedExecution,
  seedWorkflow,
} from "../../src/testing.js";
import { unaryTransport } from "../support/unary-transport.js";

const defaults = { project: "flytesnacks", domain: "development" };
const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const admin = new AdminClient({ transport: flyte.transport(), defaults });
await seedFailedExecution(flyte, { name: "f3a" });
await seedWorkflow(flyte, { name: "inactive" });
await admin.launchPlans.deactivate("inactive/v1");

const closed = new AdminClient({ transport: flyte.transport(), defaults });
closed.close();

const baseUrl = "https://flyte.example.com";
const { executions } = admin;
/** Passes a value as a caller without types can. */
const any = (value: unknown): never => value as never;

/** Fields as a caller without types has them. */
type Named = Readonly<Record<"phase" | "mode", { eq(name: string): unknown }>>;

async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    const given: unknown = await run();
    if (typeof given === "object" && given !== null && Symbol.asyncIterator in given) {
      for await (const item of given as AsyncIterable<unknown>) return item;
    }
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a mistake says what is wrong and what would be right", () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      "an option in other letters",
      () => executions.list({}, any({ pagesize: 3 })),
      "pagesize is not an option. Use pageSize.",
    ],
    [
      "an option in the query",
      () => executions.list(any({ limit: 5 })),
      "limit is not a property of query. Pass it in the options, the argument after the query.",
    ],
    [
      "a query's name in the options",
      () => executions.list({}, any({ mustExist: true })),
      "mustExist is not an option. Pass it in the query, the argument before the options.",
    ],
    [
      "filter",
      () => executions.list(any({ filter: "x" })),
      "filter is not a property of query. Use where.",
    ],
    [
      "timeout",
      () => executions.get("f3a", any({ timeout: 3 })),
      "timeout is not an option. Use timeoutMs.",
    ],
    [
      "baseURL",
      () => new AdminClient(any({ baseURL: baseUrl })),
      "baseURL is not an option. Use baseUrl.",
    ],
    [
      "tls over REST",
      () => new AdminClient(any({ baseUrl, tls: {} })),
      "tls is not an option of REST. In Node pass fetch: createNodeFetch({ baseUrl, tls }), of flyte-admin-client/node.",
    ],
    [
      "a path for an address",
      () => new AdminClient({ baseUrl: "/flyte" }),
      "For a path of the page's own server write new URL(path, location.origin).href.",
    ],
    [
      "no options",
      () => new AdminClient(any(undefined)),
      'options must be an object such as { baseUrl: "https://…" } or { transport }, got undefined.',
    ],
    [
      "two transports",
      () => new AdminClient(any({ baseUrl, transport: flyte.transport() })),
      "baseUrl and transport are both given. Give one of them",
    ],
    [
      "a console's method for a logger",
      () => new AdminClient(any({ baseUrl, logger: console.log })),
      "logger must be an object with debug, info, warn and error, such as console, got a function.",
    ],
    [
      "a token for auth",
      () => new AdminClient(any({ baseUrl, auth: "secret" })),
      "auth must be an object such as createAuth({ … }), got a string.",
    ],
    [
      "a text for headers",
      () => new AdminClient(any({ baseUrl, headers: "x" })),
      "headers cannot be sent: they are of type string.",
    ],
    [
      "retries under another name",
      () => new AdminClient(any({ baseUrl, retry: { maxRetries: 2 } })),
      "maxRetries is not a property of retry. Use maxAttempts.",
    ],
    [
      "an object for a token",
      () => staticToken(any({ token: "x" })),
      "accessToken must be a string of one word of printable characters, without Bearer before it, got an object.",
    ],
    [
      "a signal that is none",
      () => executions.get("f3a", any({ signal: "x" })),
      'signal must be an AbortSignal, got "x".',
    ],
    [
      "an object for where",
      () => executions.list(any({ where: {} })),
      "write where: (f) => [f.phase.in",
    ],
    [
      "a column that === compares with a name",
      () => executions.list({ where: any((f: { phase: unknown }) => f.phase === "FAILED") }),
      'f.phase === "FAILED" is false for every row: write f.phase.eq("FAILED")',
    ],
    [
      "the same among conditions",
      () =>
        executions.list({
          where: (f) => [
            f.createdAt.gte(new Date(0)),
            any(any(f.launchPlan.state) === any("ACTIVE")),
          ],
        }),
      'f.launchPlan.state === "ACTIVE" is false for every row: write f.launchPlan.state.eq("ACTIVE")',
    ],
    [
      "a column that !== compares with a name",
      () => executions.list({ where: any((f: { phase: unknown }) => f.phase !== "FAILED") }),
      'where must return conditions, got true: return f.phase.in(["FAILED"])',
    ],
    [
      "a column that < compares with a name",
      () => executions.list({ where: any((f: { name: string }) => f.name < "f3a") }),
      "name is a column, which JavaScript cannot compare or print: write f.name.eq(…)",
    ],
    [
      "a column that > compares with a date",
      () => executions.list({ where: any((f: { createdAt: Date }) => f.createdAt > new Date()) }),
      "createdAt is a column, which JavaScript cannot compare or print: write f.createdAt.gte(…)",
    ],
    [
      "conditions joined by &&",
      () =>
        executions.list({ where: any((f: Named) => f.phase.eq("FAILED") && f.mode.eq("MANUAL")) }),
      "where made a condition on phase that it did not return: return all conditions in an array",
    ],
    [
      "a list that is spread",
      () => [...any(executions.list())],
      "A list comes from the server in parts: read it with for await, or collect its rows with await list.toArray({ limit: 1000 }).",
    ],
    [
      "a scan for Promise.all",
      () => Promise.all(any(executions.scan())),
      "collect its rows with await list.toArray({ limit: 1000 })",
    ],
    [
      "a list as JSON",
      () => JSON.stringify({ executions: executions.list() }),
      "A list comes from the server in parts",
    ],
    [
      "pages without await",
      () => Array.from(any(executions.list().pages())),
      "or read one page with await list.page().",
    ],
    [
      "a tree without await",
      () => [...any(executions.tree("f3a"))],
      "A tree comes from the server in parts: read it with for await, or read all of it with await tree.build().",
    ],
    [
      "a watch without await",
      () => [...any(executions.watch())],
      "watch.snapshot() returns the rows at the moment.",
    ],
    [
      "updates without await",
      () => [...any(executions.updates("f3a"))],
      "or wait for its end with executions.wait.",
    ],
    [
      "a result of mapConcurrent without await",
      () => [...any(mapConcurrent([1], (each) => each))],
      "The result of mapConcurrent comes from the server in parts: read it with for await.",
    ],
    [
      "a flow for auth",
      () => new AdminClient({ baseUrl, auth: any(staticToken("x")) }),
      "auth must be an object such as createAuth({ … }), got an object. Pass the flow to createAuth({ baseUrl, flow }).",
    ],
    [
      "a version beside the launch plan",
      () => executions.launch(any({ launchPlan: "train", version: "v1" })),
      "Pass it with the name: launchPlan: { name, version }, or task: { name, version }.",
    ],
    [
      "a promise of literals",
      () => literalsToValues(any(executions.outputs("f3a"))),
      "expected a LiteralMap, got a Promise. Await it first.",
    ],
    [
      "a page as JSON",
      async () => toJson(any(await executions.list().page())),
      "such as an Execution, got an object. Map over its items.",
    ],
    [
      "a number for a phase",
      () => isTerminal(any(4)),
      "a node or an attempt, its closure, or the name of a phase, got 4.",
    ],
    [
      "an address for connect",
      () => connect(any("localhost:8089")),
      'options must be an object such as { endpoint: "localhost:8089" }, got a string.',
    ],
    [
      "a query without a client",
      () => executionsQuery(any(defaults)),
      "client must be an AdminClient or a Connection, got an object.",
    ],
    [
      "an unknown column",
      () => executions.list({ where: (f) => Reflect.get(any(f), "phaze") }),
      'execution has no field "phaze" to filter by. Use phase.',
    ],
    [
      "an unknown phase",
      () => executions.list({ where: (f) => f.phase.eq(any("Failed")) }),
      'the value for phase is "Failed". Use FAILED.',
    ],
    [
      "a column's own name in a sort",
      () => executions.list({ orderBy: any({ field: "created_at" }) }),
      'orderBy.field is "created_at", which is not a field to sort by. Use createdAt.',
    ],
    [
      "desc",
      () => executions.list({ orderBy: any({ field: "createdAt", direction: "desc" }) }),
      'orderBy.direction must be "ascending" or "descending", got "desc".',
    ],
    [
      "a text for a sort",
      () => executions.list({ orderBy: any("createdAt") }),
      'orderBy must be an object such as { field: "createdAt", direction: "descending" }, got "createdAt".',
    ],
    [
      "names of the wire in an id",
      () => admin.nodeExecutions.get(any({ execution_id: {}, node_id: "n0" })),
      "execution_id is not a property of id. Use executionId.",
    ],
    [
      "an id for a query",
      () => admin.taskExecutions.listForExecution(any({ name: "f3a" })),
      "name is not a property of query. Pass an object with executionId",
    ],
    [
      "no id",
      () => executions.get(any(undefined)),
      'id must be an object with project, domain and name, or "project/domain/name", got undefined.',
    ],
    [
      "a row of another kind",
      async () => admin.nodeExecutions.get(any(await executions.get("f3a"))),
      'id must be an object with executionId and nodeId, or "project/domain/execution/node", got a message Execution.',
    ],
    [
      "a workflow to launch",
      () => executions.launch(any({ workflow: "w" })),
      "workflow is not a property of request. Use launchPlan: FlyteAdmin launches launch plans",
    ],
    [
      "a plan and a task",
      () => executions.launch(any({ launchPlan: "w", task: "t/v" })),
      "task and launchPlan are both given. Give one of them.",
    ],
    [
      "a plan of which no version is active",
      () => executions.launch({ launchPlan: "inactive" }),
      "Activate a version with launchPlans.activate, or name a version.",
    ],
    [
      "plain values as literals",
      () => executions.launch(any({ launchPlan: "w", inputs: { a: 1 } })),
      "inputs.a must be a Literal, got 1. Pass plain values in values",
    ],
    [
      "a result for its literals",
      async () => literalsToValues(any(await executions.outputs("f3a"))),
      'got a result of kind "error". Pass its literals where kind is "literals".',
    ],
    [
      "an execution for its outcome",
      async () => unwrapOutcome(any(await executions.get("f3a"))),
      "Call unwrapOutcome(outcomeOf(execution)).",
    ],
    [
      "an id for a row",
      () => outcomeOf(any({ name: "f3a" })),
      "from the server, or its closure, got another object.",
    ],
    [
      "a Date for a Timestamp",
      () => timestampDate(any(new Date())),
      "such as closure.createdAt, got a Date.",
    ],
    ["a number for a Duration", () => durationMs(any(3)), "such as closure.duration, got 3."],
    [
      "a type's short name",
      () => simpleType(any("int")),
      "type must be one of none, integer, float",
    ],
    [
      "no function",
      () => mapConcurrent([1], any(undefined)),
      "fn must be a function, got undefined.",
    ],
    [
      "a path of the file system for a blob",
      () => admin.dataProxy.downloadBlob("model.onnx"),
      "ref must be an address such as s3://bucket/key, got a string of another form.",
    ],
    [
      "a storage address for a flyte URL",
      () => admin.dataProxy.resolve("s3://bucket/key"),
      'must start with "flyte://v1/", got "s3://bucket/key"',
    ],
    [
      "a client that is closed",
      () => closed.executions.get("f3a"),
      "the client was closed. Create another client",
    ],
    [
      "an RPC that does not exist",
      () => flyte.faults.add(any({ rpc: "GetExecutions", code: "UNAVAILABLE" })),
      'fault.rpc must be an RPC, such as GetExecution, got "GetExecutions". Use GetExecution.',
    ],
    [
      "a code in small letters",
      () => flyte.faults.add(any({ rpc: "GetExecution", code: "unavailable" })),
      'fault.code must be a gRPC status code, such as UNAVAILABLE, got "unavailable". Use UNAVAILABLE.',
    ],
    [
      "an object for a project",
      () => admin.projects.get(any({ id: "flytesnacks" })),
      'id must be the id of a project, such as "flytesnacks", got an object. Pass its id.',
    ],
    [
      "part of an id to format, where no client has defaults",
      () => formatId(any({ name: "f3a" })),
      "id.project is missing; it must be a string",
    ],
    [
      "part of an id in slash form, where no client has defaults",
      () => executionId("f3a"),
      'id is "f3a", which has 1 part. Write the 3 of "project/domain/name".',
    ],
    [
      "a part of another id",
      () => executions.get(any({ ...defaults, name: "f3a", version: "v1" })),
      "version is not a property of id. Pass an object with project, domain and name;",
    ],
    [
      "a name without its version",
      () => admin.launchPlans.activate("train"),
      'id is "train", which has 1 part. Write "name/version", or all 4 of "project/domain/name/version".',
    ],
    [
      "an id without its version",
      () => admin.tasks.get(any({ name: "train" })),
      "getLatest finds the newest version of a name",
    ],
    [
      "one id for many",
      () => executions.terminateAll(any("f3a"), { cause: "x" }),
      'executions must be an array, a list or another iterable, got "f3a". Pass an array with it.',
    ],
    [
      "a promise of many",
      () => executions.terminateAll(any(Promise.resolve([])), { cause: "x" }),
      "got a Promise. Await it first.",
    ],
    [
      "a promise of a row",
      () => outcomeOf(any(executions.get("f3a"))),
      "got a Promise. Await it first.",
    ],
    [
      "a value for a list of values",
      () => executions.list({ where: (f) => f.phase.in(any("FAILED")) }),
      'the list for phase is "FAILED"; it must be an array, as in phase.in([…])',
    ],
    [
      "a number for a time",
      () => executions.list({ where: (f) => f.createdAt.gte(any(0)) }),
      "the value for createdAt is 0; a time is a Date, a Timestamp or an ISO 8601 string; for milliseconds since 1970 write new Date(…)",
    ],
    [
      "a number for a duration",
      () => executions.list({ where: (f) => f.duration.gt(any(5)) }),
      "the value for duration is 5; a duration is { ms }, { seconds } or a Duration",
    ],
    [
      "a sort by a field that is only filtered by",
      () => executions.list({ orderBy: { field: any("user") } }),
      'orderBy.field is "user", which is not a field to sort by. A list of execution rows sorts by id, project,',
    ],
    [
      "a phase in small letters",
      () => isTerminal(any("succeeded")),
      'phase must be the name of a phase, such as SUCCEEDED, got "succeeded". Use SUCCEEDED.',
    ],
    [
      "a Timestamp for a Duration",
      async () => durationMs(any((await executions.get("f3a")).closure?.createdAt)),
      "duration is a Timestamp. Read it with timestampDate.",
    ],
    [
      "a URL for an address",
      () => new AdminClient(any({ baseUrl: new URL(baseUrl) })),
      'baseUrl must be a string such as "https://flyte.example.com", got a URL. Pass its href.',
    ],
    [
      "the endpoint of a configuration file",
      () => new AdminClient(any({ endpoint: baseUrl })),
      "endpoint is not an option. Use baseUrl.",
    ],
    [
      "a project beside the defaults",
      () => new AdminClient(any({ baseUrl, project: "flytesnacks" })),
      "project is not an option. Use defaults.",
    ],
    [
      "a token without a flow",
      () => new AdminClient(any({ baseUrl, token: "x" })),
      "token is not an option. Use auth.",
    ],
    [
      "a variable that is not set in a header",
      () =>
        new AdminClient({
          transport: flyte.transport(),
          defaults,
          headers: { authorization: `Bearer ${String(undefined)}` },
        }).executions.get("f3a"),
      "there is no value for the header authorization. Set the variable that holds it, or leave the header out.",
    ],
    [
      "a secret that is not set",
      () => clientCredentials({ clientId: "x", clientSecret: any(undefined) }),
      "clientSecret must be a string, got undefined.",
    ],
    [
      "a server for its transport",
      () => new AdminClient({ transport: any(flyte) }),
      "transport must be a Connect transport, got an object. Pass its transport().",
    ],
    [
      "a client for a server to fill",
      () => seedFailedExecution(any(admin), { name: "x" }),
      "target must be an InMemoryFlyteAdmin, got an object.",
    ],
    [
      "an execution to seed without a name",
      () => seedExecution(flyte, any({ phase: "RUNNING" })),
      "name must be a string, got undefined.",
    ],
    [
      "plain values for the outputs to seed",
      () => seedExecution(flyte, { name: "x", phase: "SUCCEEDED", outputs: any({ loss: 1 }) }),
      "outputs.loss must be a Literal, got 1. Convert it with valueToLiteral(value, type).",
    ],
    [
      "a number for a code",
      () => flyte.faults.add({ rpc: "GetExecution", code: any(14) }),
      "fault.code must be a gRPC status code, such as UNAVAILABLE, got 14.",
    ],
    [
      "a phase of a row to seed",
      () => seedExecution(flyte, { name: "x", phase: any("FAIL") }),
      'phase must be one of UNDEFINED, QUEUED, RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, got "FAIL".',
    ],
    [
      "a project for the projects",
      () => new InMemoryFlyteAdmin({ projects: any("flytesnacks") }),
      'projects must be an array of ids, got "flytesnacks".',
    ],
  ])("%s", async (_mistake, run, text) => {
    const error = await failureOf(run);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toContain(text);
    expect(inspect(error)).not.toContain("undefined,");
  });
});

test.each<readonly [keyof typeof functions, ...unknown[]]>([
  ["getExecution", "f3a"],
  ["listExecutions"],
  ["scanExecutions"],
  ["countExecutionsByPhase"],
  ["walkExecutionTree", "f3a"],
  ["watchExecutions"],
  ["waitForExecution", "f3a"],
  ["launchExecution", { launchPlan: "train" }],
  ["terminateExecution", "f3a", { cause: "x" }],
  ["readExecutionOutputs", "f3a"],
  ["listTaskExecutions", { nodeExecutionId: "f3a/n0" }],
  ["getProject", "flytesnacks"],
  ["listProjects"],
  ["getServerVersion"],
  ["uploadObject", { filename: "x", body: new Uint8Array() }],
])("%s names the connection when it is called with a client", async (verb, ...rest) => {
  const failure = await failureOf(() =>
    Reflect.apply(functions[verb], undefined, [admin, ...rest]),
  );
  expect(String(failure)).toContain(
    "connection must be a Connection, such as connectRest({ baseUrl }), got an object. Pass admin.connection.",
  );
});

test("a function without a connection names it, and not the id", async () => {
  const failure = await failureOf(() => functions.getExecution(any("f3a"), any(undefined)));
  expect(String(failure)).toContain("connection must be a Connection");
});

test("a condition that is switched off is skipped, however its column was read", async () => {
  const off = Boolean(0);
  const all = await executions.list().toArray({ limit: 10 });
  for (const where of [
    ({ phase }) => off && phase.eq("FAILED"),
    ({ phase, name }) => [off && phase.eq("ABORTED"), name.ne("x")],
    (f) => [off && f.phase.eq("ABORTED")],
  ] satisfies WhereInput<"execution">[]) {
    const rows = await executions.list({ where }).toArray({ limit: 10 });
    expect(rows).toEqual(all);
  }
});

test("a list can be looked at, and is no iterable to the compiler", () => {
  const list = executions.list();
  expect(inspect(list)).not.toContain("Symbol(Symbol.iterator)");
  expect(Object.keys(list)).not.toContain("toJSON");
  expectTypeOf(list).not.toMatchTypeOf<Iterable<unknown>>();
});

test("an error shows only what it has", () => {
  const printed = inspect(new FlyteError("gone"));
  expect(printed).not.toContain("undefined");
  expect(printed).not.toContain("details");
  const { rpc, details } = new FlyteError("gone");
  expect([rpc, details]).toEqual([undefined, []]);
});

test("a signal of AbortSignal.timeout() ends as a deadline, with the signal's remedy", async () => {
  const controller = new AbortController();
  controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  const error = await failureOf(() => executions.get("f3a", { signal: controller.signal }));
  expect(error).toMatchObject({ name: "DeadlineExceededError", code: "DEADLINE_EXCEEDED" });
  expect(String(error)).toContain("Give the signal more time");
});

describe("a request that fails without a reason", () => {
  const sent: string[] = [];
  const failing = unaryTransport(({ method }) => {
    sent.push(method.name);
    throw new TypeError("Failed to fetch");
  });
  afterEach(() => {
    sent.length = 0;
    Reflect.deleteProperty(globalThis, "document");
  });
  const retry = { delay: () => Promise.resolve() };

  test("is not sent again from a page that no answer has reached, as a refused preflight", async () => {
    Reflect.set(globalThis, "document", {});
    const page = new AdminClient({ transport: failing, defaults, retry });
    await failureOf(() => page.executions.get("f3a"));
    expect(sent).toEqual(["GetExecution"]);
  });

  test("is sent again elsewhere", async () => {
    const script = new AdminClient({ transport: failing, defaults, retry });
    await failureOf(() => script.executions.get("f3a"));
    expect(sent).toHaveLength(4);
  });
});

test("a runtime without fetch is named", async () => {
  const { fetch } = globalThis;
  Reflect.set(globalThis, "fetch", undefined);
  try {
    const error = await failureOf(() =>
      new AdminClient({ baseUrl, defaults }).executions.get("f3a"),
    );
    expect(String(error)).toContain("This runtime has no fetch. Pass one in the option fetch.");
  } finally {
    Reflect.set(globalThis, "fetch", fetch);
  }
});
