import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
  type UseInfiniteQueryOptions,
  type UseQueryOptions,
} from "@tanstack/react-query";
import { expectTypeOf } from "expect-type";

import { WorkflowExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import { AdminClient, type Execution, type ExecutionTree, phaseOf } from "../../src/index.js";
import {
  executionInputsQuery,
  executionOutputsQuery,
  executionQuery,
  executionsQuery,
  executionsWatchQuery,
  executionTreeQuery,
  executionUpdatesQuery,
  flyteQueryKey,
  launchPlanQuery,
  launchPlansQuery,
  nodeExecutionInputsQuery,
  nodeExecutionOutputsQuery,
  nodeExecutionQuery,
  nodeExecutionsQuery,
  nodeExecutionsWatchQuery,
  projectQuery,
  projectsQuery,
  taskExecutionInputsQuery,
  taskExecutionOutputsQuery,
  taskExecutionQuery,
  taskExecutionsQuery,
  taskExecutionsWatchQuery,
  taskQuery,
  tasksQuery,
  type WatchedRows,
  workflowQuery,
  workflowsQuery,
} from "../../src/query.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedTree } from "../../src/testing.js";
import { FakeClock } from "../executions/wait/fake-clock.js";

const scope = { project: "flytesnacks", domain: "development" };
const never = new Promise<void>(() => undefined);

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let clock: FakeClock;
let client: QueryClient;
let until: number;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  clock = new FakeClock();
  until = 0;
  const retry = { delay: () => Promise.resolve() };
  const transport = flyte.transport();
  admin = new AdminClient({ transport, fetch: flyte.fetch, defaults: scope, clock, retry });
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
});

afterEach(() => {
  client.clear();
  admin.close();
});

/** Lets time pass on the clock of the client. */
async function pass(ms: number): Promise<void> {
  until += ms;
  await clock.runUntil(never, until);
}

async function reach(name: string, phase: "RUNNING" | "SUCCEEDED"): Promise<void> {
  await admin.executions.createEvent({
    executionId: { name },
    phase: WorkflowExecution_Phase[phase],
    occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
  });
}

function calls(rpc: string): number {
  return flyte.calls.filter((call) => call.rpc === rpc).length;
}

describe("Queries for TanStack Query", () => {
  it("get, and are read again when their resource is invalidated, whatever the verb", async () => {
    await seedExecution(flyte, { ...scope, name: "e", phase: "RUNNING" });
    const observer = new QueryObserver(client, executionQuery(admin, { name: "e" }));
    const stop = observer.subscribe(() => undefined);
    await client.fetchQuery(executionQuery(admin, { name: "e" }));
    expect(observer.getCurrentResult().data?.id?.name).toBe("e");
    await reach("e", "SUCCEEDED");
    await client.invalidateQueries({ queryKey: flyteQueryKey("taskExecutions") });
    expect(calls("GetExecution")).toBe(1);
    await client.invalidateQueries({ queryKey: flyteQueryKey("executions") });
    const { data } = observer.getCurrentResult();
    expect(data && phaseOf(data)).toBe("SUCCEEDED");
    // All queries of one execution, by a part of their keys.
    const id = "flytesnacks/development/e";
    await client.invalidateQueries({ queryKey: ["flyte", "executions", { id }] });
    await client.invalidateQueries({ queryKey: flyteQueryKey() });
    expect(calls("GetExecution")).toBe(4);
    stop();
  });

  it("read lists page by page, with one key for a filter that is written twice", async () => {
    for (const name of ["a", "b", "c"]) await seedExecution(flyte, { ...scope, name });
    const query = (phase: "RUNNING" | "FAILED") =>
      executionsQuery(admin, { where: (f) => f.phase.eq(phase) }, { pageSize: 2 });
    expect(query("RUNNING").queryKey).toEqual(query("RUNNING").queryKey);
    expect(query("RUNNING").queryKey).not.toEqual(query("FAILED").queryKey);
    expect(JSON.parse(JSON.stringify(query("RUNNING").queryKey))).toEqual(
      query("RUNNING").queryKey,
    );
    const observer = new InfiniteQueryObserver(client, query("RUNNING"));
    const stop = observer.subscribe(() => undefined);
    await client.fetchInfiniteQuery(query("RUNNING"));
    await observer.fetchNextPage();
    const { data, hasNextPage } = observer.getCurrentResult();
    expect(data?.pages.map(({ items }) => items.map(({ id }) => id?.name))).toEqual([
      ["a", "b"],
      ["c"],
    ]);
    expect(hasNextPage).toBe(false);
    stop();
  });

  it("have keys of their own for each server, where FlyteConsole's address is known", () => {
    const [one, other] = ["https://one.example.com", "https://other.example.com"].map((baseUrl) =>
      executionQuery(new AdminClient({ baseUrl, defaults: scope }), { name: "e" }),
    );
    expect(one?.queryKey).not.toEqual(other?.queryKey);
  });

  it("cancel the call when the query is cancelled", async () => {
    flyte.faults.add({ rpc: "GetExecution", hang: true });
    const { queryKey, ...query } = executionQuery(admin, { name: "e" });
    const fetched = client.fetchQuery({ queryKey, ...query }).catch((error: unknown) => error);
    await client.cancelQueries({ queryKey });
    expect(String(await fetched)).toContain("Cancelled");
    expect(client.getQueryState(queryKey)?.fetchStatus).toBe("idle");
  });

  it("refuse invalid arguments when they are made, and not when they run", () => {
    expect(() => executionQuery(admin, "a/b")).toThrow("a/b");
    expect(() => executionsQuery(admin, { were: 1 } as object)).toThrow("Use where");
    expect(() => executionsWatchQuery(admin, {}, { maxRows: 0 })).toThrow("maxRows");
    expect(flyte.calls).toEqual([]);
  });

  it("read a tree, inputs, outputs and every other resource", async () => {
    const tree = await seedTree(flyte, { ...scope, name: "big", nodes: 5 });
    const id = { name: "big" };
    const read = await client.fetchQuery(executionTreeQuery(admin, id));
    const node = read.nodes[0]?.node.id;
    expect(tree).toBeDefined();
    if (node === undefined) throw new Error("no node");
    const [attemptId] = await seedAttempts(flyte, { nodeExecutionId: node, count: 1 });
    if (attemptId === undefined) throw new Error("no attempt");
    const spec = (await client.fetchQuery(executionQuery(admin, id))).spec;
    const plan = spec?.launchPlan;
    const workflow = (await client.fetchQuery(executionQuery(admin, id))).closure?.workflowId;
    if (plan === undefined || workflow === undefined) throw new Error("no plan");
    const results = await Promise.all([
      client.fetchQuery(executionInputsQuery(admin, id)),
      client.fetchQuery(executionOutputsQuery(admin, id)),
      client.fetchQuery(nodeExecutionQuery(admin, node)),
      client.fetchQuery(nodeExecutionInputsQuery(admin, node)),
      client.fetchQuery(nodeExecutionOutputsQuery(admin, node)),
      client.fetchQuery(taskExecutionQuery(admin, attemptId)),
      client.fetchQuery(taskExecutionInputsQuery(admin, attemptId)),
      client.fetchQuery(taskExecutionOutputsQuery(admin, attemptId)),
      client.fetchQuery(launchPlanQuery(admin, plan)),
      client.fetchQuery(workflowQuery(admin, workflow)),
      client.fetchQuery(taskQuery(admin, attemptId.taskId ?? "")),
      client.fetchQuery(projectQuery(admin, "flytesnacks")),
    ]);
    const kinds = results.map((result) => ("kind" in result ? result.kind : result.$typeName));
    expect(kinds).toMatchObject({
      2: "flyteidl.admin.NodeExecution",
      5: "flyteidl.admin.TaskExecution",
      8: "flyteidl.admin.LaunchPlan",
      9: "flyteidl.admin.Workflow",
      10: "flyteidl.admin.Task",
      11: "flyteidl.admin.Project",
    });
    const lists = await Promise.all([
      client.fetchInfiniteQuery(nodeExecutionsQuery(admin, { executionId: id })),
      client.fetchInfiniteQuery(taskExecutionsQuery(admin, { nodeExecutionId: node })),
      client.fetchInfiniteQuery(launchPlansQuery(admin)),
      client.fetchInfiniteQuery(workflowsQuery(admin)),
      client.fetchInfiniteQuery(tasksQuery(admin)),
      client.fetchInfiniteQuery(projectsQuery(admin)),
    ]);
    for (const { pages } of lists) expect(pages[0]?.items.length).toBeGreaterThan(0);
    const keys = client.getQueryCache().getAll();
    expect(new Set(keys.map(({ queryHash }) => queryHash)).size).toBe(keys.length);
    expect(keys).toHaveLength(20);
  });

  it("have the types that the hooks of TanStack Query take", () => {
    const tree = executionTreeQuery(admin, { name: "e" });
    expectTypeOf(tree).toExtend<
      UseQueryOptions<ExecutionTree, Error, ExecutionTree, typeof tree.queryKey>
    >();
    const list = executionsQuery(admin);
    type Page = Awaited<ReturnType<typeof list.queryFn>>;
    expectTypeOf(list).toExtend<
      UseInfiniteQueryOptions<
        Page,
        Error,
        { pages: Page[]; pageParams: (string | undefined)[] },
        typeof list.queryKey,
        string | undefined
      >
    >();
    const watch = executionsWatchQuery(admin);
    expectTypeOf(watch).toExtend<
      UseQueryOptions<WatchedRows<Execution>, Error, WatchedRows<Execution>, typeof watch.queryKey>
    >();
  });
});

describe("Watches for TanStack Query", () => {
  it("set the data as it changes, stop when nobody observes it, and resume with what is known", async () => {
    await seedExecution(flyte, { ...scope, name: "e", phase: "RUNNING" });
    const query = executionsWatchQuery(admin);
    const observer = new QueryObserver(client, query);
    const phases: (string | undefined)[] = [];
    const log = ({ data }: { readonly data: WatchedRows<Execution> | undefined }): void => {
      const phase = data?.items.map((item) => phaseOf(item)).join();
      if (phases.at(-1) !== phase) phases.push(phase);
    };
    let stop = observer.subscribe(log);
    await pass(1000);
    await reach("e", "SUCCEEDED");
    await pass(3000);
    expect(phases).toEqual(["RUNNING", "SUCCEEDED"]);
    expect(observer.getCurrentResult()).toMatchObject({ status: "success", isFetching: true });
    stop();
    await pass(1000);
    expect(clock.timers).toBe(0);
    expect(client.getQueryData(query.queryKey)).toBeDefined();
    flyte.clearCalls();
    await pass(60_000);
    expect(flyte.calls).toEqual([]);
    await seedExecution(flyte, { ...scope, name: "f", phase: "RUNNING" });
    stop = observer.subscribe(log);
    await pass(1000);
    expect(phases.at(-1)).toBe("SUCCEEDED,RUNNING");
    stop();
    await pass(100);
  });

  it("show the failure that they survive, and set an empty list too", async () => {
    const observer = new QueryObserver(client, executionsWatchQuery(admin));
    const stop = observer.subscribe(() => undefined);
    await pass(1000);
    expect(observer.getCurrentResult().data).toEqual({ items: [], error: undefined });
    flyte.faults.add({ rpc: "ListExecutions", code: "UNAVAILABLE" });
    await pass(30_000);
    expect(String(observer.getCurrentResult().data?.error)).toContain("UNAVAILABLE");
    flyte.faults.clear();
    await pass(60_000);
    expect(observer.getCurrentResult().data?.error).toBeUndefined();
    stop();
    await pass(100);
  });

  it("end as an error of the query when the failure does not pass", async () => {
    flyte.faults.add({ rpc: "ListExecutions", code: "PERMISSION_DENIED" });
    const observer = new QueryObserver(client, executionsWatchQuery(admin));
    const stop = observer.subscribe(() => undefined);
    await pass(1000);
    expect(String(observer.getCurrentResult().error)).toContain("PERMISSION_DENIED");
    stop();
  });

  it("follow nodes, attempts, and one execution to its end", async () => {
    const executionId = await seedExecution(flyte, { ...scope, name: "e", phase: "RUNNING" });
    await seedTree(flyte, { ...scope, name: "big", nodes: 3 });
    const [row] = await admin.nodeExecutions
      .list({ executionId: { name: "big" } }, { limit: 1 })
      .toArray();
    if (row?.id === undefined) throw new Error("no node");
    const nodes = new QueryObserver(
      client,
      nodeExecutionsWatchQuery(admin, { executionId: { name: "big" } }),
    );
    const attempts = new QueryObserver(
      client,
      taskExecutionsWatchQuery(admin, { nodeExecutionId: row.id }),
    );
    const updates = new QueryObserver(client, executionUpdatesQuery(admin, executionId));
    const stops = [nodes, attempts, updates].map((one) => one.subscribe(() => undefined));
    await pass(2000);
    expect(nodes.getCurrentResult().data?.items.length).toBeGreaterThan(0);
    expect(attempts.getCurrentResult().data).toBeDefined();
    expect(updates.getCurrentResult().data?.phase).toBe("RUNNING");
    await reach("e", "SUCCEEDED");
    await pass(20_000);
    expect(updates.getCurrentResult()).toMatchObject({
      data: { phase: "SUCCEEDED" },
      fetchStatus: "idle",
    });
    for (const stop of stops) stop();
    await pass(100);
  });
});
