import type { Transport } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { AdminClient } from "../../../src/client/admin-client.js";
import type { WhereInput } from "../../../src/lists/filters/index.js";
import type { ListWatch, WatchEvent, WatchFailure } from "../../../src/executions/watch/index.js";
import { InMemoryFlyteAdmin } from "../../../src/testing/in-memory-flyte-admin.js";
import { seedAttempts, seedExecution, seedNode } from "../../../src/testing/states/index.js";
import { phaseOf } from "../../../src/values/index.js";
import { FakeClock } from "../wait/fake-clock.js";

const scope = { project: "flytesnacks", domain: "development" };
const never = new Promise<void>(() => undefined);

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let clock: FakeClock;
let until: number;
const controllers: AbortController[] = [];

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  clock = new FakeClock();
  until = 0;
  const retry = { delay: () => Promise.resolve() };
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope, clock, retry });
});

afterEach(() => {
  for (const controller of controllers.splice(0)) controller.abort();
});

/** Lets time pass on the clock of the client. */
async function pass(ms: number): Promise<void> {
  until += ms;
  await clock.runUntil(never, until);
}

async function launch(name: string, phase: "UNDEFINED" | "RUNNING" | "SUCCEEDED" = "UNDEFINED") {
  await seedExecution(flyte, { ...scope, name, phase });
}

async function reach(name: string, phase: "RUNNING" | "SUCCEEDED"): Promise<void> {
  await admin.executions.createEvent({
    executionId: { name },
    phase: WorkflowExecution_Phase[phase],
    occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
  });
}

/** Writes an event in short: `added e RUNNING`. */
function brief(event: WatchEvent<Execution>): string {
  if (event.kind === "synced") return `synced ${event.count}`;
  return `${event.kind} ${event.item.id?.name ?? ""} ${phaseOf(event.item)}`;
}

interface Log {
  readonly events: string[];
  readonly done: Promise<unknown>;
}

/** Reads a watch to its end, and resolves with the error that it ends with. */
function read<Row>(watch: ListWatch<Row>, write: (event: WatchEvent<Row>) => string): Log {
  const events: string[] = [];
  const done = (async () => {
    for await (const event of watch) events.push(write(event));
  })().catch((error: unknown) => error);
  return { events, done };
}

function signal(): AbortSignal {
  const controller = new AbortController();
  controllers.push(controller);
  return controller.signal;
}

function listCalls(): number {
  return flyte.calls.filter(({ rpc }) => rpc === "ListExecutions").length;
}

describe("A watch of executions", () => {
  it("returns all rows, says that they are all, and then the rows that come, change and leave the filter", async () => {
    await launch("a", "RUNNING");
    await launch("b", "SUCCEEDED");
    const watch = admin.executions.watch(
      { where: (f) => f.phase.in(["RUNNING", "UNDEFINED"]) },
      { signal: signal() },
    );
    const { events } = read(watch, brief);
    await pass(100);
    expect(events.splice(0)).toEqual(["added a RUNNING", "synced 1"]);
    await launch("c");
    await pass(3000);
    expect(events.splice(0)).toEqual(["added c UNDEFINED"]);
    await reach("c", "RUNNING");
    await reach("a", "SUCCEEDED");
    await pass(3000);
    expect(events.splice(0)).toEqual(["updated c RUNNING", "removed a RUNNING"]);
    expect(watch.snapshot().map(({ id }) => id?.name)).toEqual(["c"]);
  });

  it("removes an execution that is archived, and adds it when it is brought back", async () => {
    await launch("a", "SUCCEEDED");
    const { events } = read(admin.executions.watch({}, { signal: signal() }), brief);
    await pass(100);
    await admin.executions.archive({ name: "a" });
    await pass(3000);
    await admin.executions.unarchive({ name: "a" });
    await pass(3000);
    expect(events).toEqual([
      "added a SUCCEEDED",
      "synced 1",
      "removed a SUCCEEDED",
      "added a SUCCEEDED",
    ]);
  });

  it("makes one call a poll for all watches of a project and domain, and one more for a filter when something has changed", async () => {
    await launch("a", "RUNNING");
    for (const phase of [undefined, undefined, "RUNNING", "FAILED"] as const) {
      const where: WhereInput<"execution"> = (f) => phase && f.phase.eq(phase);
      read(admin.executions.watch({ where }, { signal: signal() }), brief);
    }
    await pass(0);
    // The rows written last, and the list of each of three filters.
    expect(listCalls()).toBe(4);
    flyte.clearCalls();
    await pass(2000);
    expect(listCalls()).toBe(1);
    flyte.clearCalls();
    await launch("b");
    await pass(1000);
    // The two filters ask for what has changed; the list without one has it from the first call.
    expect(listCalls()).toBe(3);
  });

  it("polls ever less often while nothing changes: 6 times a minute while one runs, and twice when all have ended", async () => {
    await launch("a", "RUNNING");
    read(admin.executions.watch({}, { signal: signal() }), brief);
    await pass(120_000);
    flyte.clearCalls();
    await pass(60_000);
    expect(listCalls()).toBe(6);
    await reach("a", "SUCCEEDED");
    await pass(240_000);
    flyte.clearCalls();
    await pass(60_000);
    expect(listCalls()).toBe(2);
  });

  it("does not poll less often after one poll that waited for a server that was away", async () => {
    let awayMs = 0;
    const waiting = new AdminClient({
      transport: flyte.transport(),
      defaults: scope,
      clock,
      interceptors: [
        (next) => async (request) => {
          const ms = awayMs;
          awayMs = 0;
          if (ms > 0) await new Promise<void>((resolve) => clock.after(ms, resolve));
          return next(request);
        },
      ],
    });
    await launch("a", "RUNNING");
    const { events } = read(waiting.executions.watch({}, { signal: signal() }), brief);
    await pass(30_000);
    awayMs = 8_000;
    await pass(20_000);
    expect(awayMs).toBe(0);
    await launch("b", "RUNNING");
    await pass(12_000);
    expect(events).toEqual(["added a RUNNING", "synced 1", "added b RUNNING"]);
  });

  it("reads a burst of changes that is too large for a poll as a list", async () => {
    for (let index = 0; index < 10; index++) await launch(`a${index}`);
    const watch = admin.executions.watch({}, { signal: signal() });
    const { events } = read(watch, brief);
    await pass(100);
    for (let index = 0; index < 900; index++) await launch(`b${index}`);
    await pass(40_000);
    expect(watch.snapshot()).toHaveLength(910);
    expect(events.filter((event) => event.startsWith("added"))).toHaveLength(910);
  });

  it("finds the row that another hid, which left the list while its pages were read", async () => {
    for (const name of ["a", "b", "c", "d", "e", "f"]) await launch(name);
    const inner = flyte.transport();
    const writer = admin;
    let lists = 0;
    const transport: Transport = {
      unary: async (method, ...call) => {
        // The first call is for what was written last, and the second for the first page.
        if (method.name === "ListExecutions" && ++lists === 3) {
          await writer.executions.archive({ name: "a" });
        }
        return inner.unary(method, ...call);
      },
      stream: (...call) => inner.stream(...call),
    };
    const reader = new AdminClient({ transport, defaults: scope, clock });
    const watch = reader.executions.watch({}, { signal: signal(), pageSize: 2, resyncMs: 0 });
    read(watch, brief);
    await pass(5000);
    expect(
      watch
        .snapshot()
        .map(({ id }) => id?.name)
        .sort(),
    ).toEqual(["b", "c", "d", "e", "f"]);
  });

  it("shows a slow reader how a row is now, and not all that it was", async () => {
    await launch("a");
    const events = admin.executions.watch({}, { signal: signal() })[Symbol.asyncIterator]();
    const first = events.next();
    await clock.runUntil(first);
    await reach("a", "RUNNING");
    until = clock.now();
    await pass(3000);
    await reach("a", "SUCCEEDED");
    await pass(3000);
    const seen = [await first, await events.next(), await events.next()];
    expect(seen.map(({ done, value }) => (done === true ? "done" : brief(value)))).toEqual([
      "added a UNDEFINED",
      "updated a SUCCEEDED",
      "synced 1",
    ]);
  });

  it("continues through failures that pass, reports them, and says when the list is whole again", async () => {
    await launch("a", "RUNNING");
    const failures: [string, WatchFailure][] = [];
    const { events } = read(
      admin.executions.watch(
        {},
        {
          signal: signal(),
          onError: (error, failure) => failures.push([String(error), failure]),
        },
      ),
      brief,
    );
    await pass(100);
    flyte.faults.add({ rpc: "ListExecutions", code: "UNAVAILABLE" });
    await reach("a", "SUCCEEDED");
    await pass(120_000);
    expect(failures.length).toBeGreaterThan(6);
    expect(failures[0]?.[0]).toContain("UNAVAILABLE");
    expect(failures.slice(0, 3).map(([, { failures: count }]) => count)).toEqual([1, 2, 3]);
    expect(failures.slice(0, 3).map(([, { nextPollMs }]) => nextPollMs)).toEqual([
      1000, 2000, 4000,
    ]);
    expect(events.splice(0)).toEqual(["added a RUNNING", "synced 1"]);
    flyte.faults.clear();
    await pass(40_000);
    expect(events).toEqual(["updated a SUCCEEDED", "synced 1"]);
  });

  it("loses no change when only the call for its filter fails", async () => {
    await launch("a");
    const where: WhereInput<"execution"> = (f) => f.phase.in(["RUNNING", "UNDEFINED"]);
    const { events } = read(admin.executions.watch({ where }, { signal: signal() }), brief);
    await pass(100);
    await reach("a", "RUNNING");
    let calls = 0;
    flyte.faults.add({
      rpc: "ListExecutions",
      code: "UNAVAILABLE",
      times: 30,
      when: () => ++calls > 1,
    });
    await pass(60_000);
    expect(events).toEqual(["added a UNDEFINED", "synced 1", "updated a RUNNING", "synced 1"]);
  });

  it("ends with a failure that does not pass, and with what onError throws", async () => {
    const denied = read(admin.executions.watch({}, { signal: signal() }), brief);
    flyte.faults.add({ rpc: "ListExecutions", code: "PERMISSION_DENIED", times: 1 });
    await pass(100);
    expect(String(await denied.done)).toContain("PERMISSION_DENIED");
    const thrown = new Error("from onError");
    const onError = (): never => {
      throw thrown;
    };
    const thrower = read(admin.executions.watch({}, { signal: signal(), onError }), brief);
    flyte.faults.add({ rpc: "ListExecutions", code: "UNAVAILABLE", times: 20 });
    await pass(5000);
    expect(await thrower.done).toBe(thrown);
  });

  it("begins with what has changed since a snapshot, and a second loop with what has changed since the first", async () => {
    await launch("a", "RUNNING");
    await launch("b", "RUNNING");
    await launch("c", "RUNNING");
    const watch = admin.executions.watch({ where: (f) => f.phase.eq("RUNNING") });
    const first = (async () => {
      for await (const event of watch) if (event.kind === "synced") return;
    })();
    await clock.runUntil(first);
    await reach("a", "SUCCEEDED");
    await launch("d", "RUNNING");
    until = clock.now();
    const { events } = read(
      admin.executions.watch(
        { where: (f) => f.phase.eq("RUNNING") },
        { signal: signal(), previous: watch.snapshot() },
      ),
      brief,
    );
    await pass(100);
    const changes = ["added d RUNNING", "removed a RUNNING", "synced 3"];
    expect(events).toEqual(changes);
    const again: string[] = [];
    const second = (async () => {
      for await (const event of watch) {
        again.push(brief(event));
        if (event.kind === "synced") return;
      }
    })();
    await clock.runUntil(second);
    expect(again).toEqual(changes);
  });

  it("ends when its signal aborts, its time is over or the client is closed, and leaves no timer behind", async () => {
    const controller = new AbortController();
    const aborted = read(admin.executions.watch({}, { signal: controller.signal }), brief);
    const timed = read(admin.executions.watch({}, { timeoutMs: 5000 }), brief);
    const closed = read(admin.executions.watch(), brief);
    await pass(2000);
    controller.abort();
    expect(await aborted.done).toMatchObject({ code: "CANCELLED" });
    await pass(4000);
    expect(await timed.done).toMatchObject({
      code: "DEADLINE_EXCEEDED",
      message: expect.stringContaining("5000 ms"),
    });
    admin.close();
    expect(await closed.done).toMatchObject({ code: "CANCELLED" });
    expect(clock.timers).toBe(0);
  });

  it("refuses a list that is longer than maxRows, from the start or as it grows", async () => {
    await launch("a");
    await launch("b");
    const one = read(admin.executions.watch({}, { maxRows: 1 }), brief);
    const two = read(admin.executions.watch({}, { maxRows: 2 }), brief);
    await pass(100);
    expect(await one.done).toMatchObject({
      code: "RESOURCE_EXHAUSTED",
      message: expect.stringContaining("raise maxRows"),
    });
    await launch("c");
    await pass(3000);
    expect(await two.done).toMatchObject({ code: "RESOURCE_EXHAUSTED" });
  });

  it("refuses a second loop at the same time", async () => {
    const watch = admin.executions.watch({}, { signal: signal() });
    read(watch, brief);
    await pass(0);
    expect(String(await read(watch, brief).done)).toContain("Call watch again");
  });

  it("refuses invalid arguments before any call, with the name that was meant", () => {
    flyte.clearCalls();
    const watch =
      (query: object, options: object = {}) =>
      () =>
        admin.executions.watch(query, options);
    expect(watch({ were: 1 })).toThrow("Use where");
    expect(watch({ maxRows: 1 })).toThrow("Pass it in the options");
    expect(watch({}, { resync: 1 })).toThrow("Use resyncMs");
    expect(watch({}, { maxRows: 0 })).toThrow("maxRows must be an integer");
    expect(watch({}, { previous: 5 })).toThrow("previous must be an array of rows");
    expect(watch({}, { resyncMs: -1 })).toThrow("resyncMs must be a non-negative number");
    expect(watch({ where: () => 5 })).toThrow("where must return conditions");
    expect(flyte.calls).toEqual([]);
  });

  it("fails with NotFoundError where the project has to exist and does not", async () => {
    const { done } = read(
      admin.executions.watch({ project: "none", domain: "development", mustExist: true }),
      brief,
    );
    await pass(100);
    expect(await done).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("A watch of the inside of an execution", () => {
  it("follows the nodes of an execution and the attempts of a node", async () => {
    await launch("e", "RUNNING");
    const { id: executionId } = await admin.executions.get({ name: "e" });
    if (executionId === undefined) throw new Error("no execution");
    const node = await seedNode(flyte, { executionId, nodeId: "n0", phase: "RUNNING" });
    const nodes = read(
      admin.nodeExecutions.watch({ executionId: { name: "e" } }, { signal: signal() }),
      (event) =>
        event.kind === "synced"
          ? "synced"
          : `${event.kind} ${event.item.id?.nodeId ?? ""} ${phaseOf(event.item)}`,
    );
    const attempts = read(
      admin.taskExecutions.watch(
        { nodeExecutionId: node, where: (f) => f.phase.ne("SUCCEEDED") },
        { signal: signal() },
      ),
      (event) =>
        event.kind === "synced"
          ? "synced"
          : `${event.kind} ${event.item.id?.retryAttempt ?? -1} ${phaseOf(event.item)}`,
    );
    await pass(100);
    const [attempt] = await seedAttempts(flyte, {
      nodeExecutionId: node,
      count: 1,
      attempt: () => ({ phase: "RUNNING" }),
    });
    await admin.nodeExecutions.createEvent({
      id: node,
      phase: NodeExecution_Phase.SUCCEEDED,
      occurredAt: { seconds: 1_768_467_900n, nanos: 0 },
    });
    await pass(3000);
    if (attempt?.taskId === undefined) throw new Error("no attempt");
    await admin.taskExecutions.createEvent({
      taskId: attempt.taskId,
      parentNodeExecutionId: node,
      retryAttempt: 0,
      phase: TaskExecution_Phase.SUCCEEDED,
      occurredAt: { seconds: 1_768_467_900n, nanos: 0 },
    });
    await pass(3000);
    expect(nodes.events).toEqual(["added n0 RUNNING", "synced", "updated n0 SUCCEEDED"]);
    expect(attempts.events).toEqual(["synced", "added 0 RUNNING", "removed 0 RUNNING"]);
  });
});
