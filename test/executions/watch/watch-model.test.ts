import { describe, expect, it } from "@jest/globals";
import { toJson } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import fc from "fast-check";

import { type Execution, ExecutionSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import { WorkflowExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import { AdminClient } from "../../../src/client/admin-client.js";
import type { WhereInput } from "../../../src/lists/filters/index.js";
import type { ListWatch } from "../../../src/executions/watch/index.js";
import { InMemoryFlyteAdmin } from "../../../src/testing/in-memory-flyte-admin.js";
import { seedExecution } from "../../../src/testing/states/index.js";
import { FakeClock } from "../wait/fake-clock.js";

const scope = { project: "flytesnacks", domain: "development" };

/** A change of the server. */
type Change =
  | { readonly kind: "launch"; readonly at: number }
  | { readonly kind: "burst"; readonly count: number }
  | {
      readonly kind: "reach";
      readonly at: number;
      readonly phase: "RUNNING" | "SUCCEEDED" | "FAILED";
    }
  | { readonly kind: "archive" | "unarchive" | "terminate"; readonly at: number };

/** A step of a schedule: a change at once or between two calls, a fault, a reader that resumes, or time. */
type Step =
  | Change
  | { readonly kind: "between"; readonly changes: readonly Change[] }
  | { readonly kind: "fault"; readonly after: number; readonly times: number }
  | { readonly kind: "resume"; readonly at: number }
  | { readonly kind: "wait"; readonly ms: number };

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("launch" as const), at: fc.nat({ max: 11 }) }),
  fc.record({ kind: fc.constant("burst" as const), count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    kind: fc.constant("reach" as const),
    at: fc.nat({ max: 11 }),
    phase: fc.constantFrom("RUNNING" as const, "SUCCEEDED" as const, "FAILED" as const),
  }),
  fc.record({
    kind: fc.constantFrom("archive" as const, "unarchive" as const, "terminate" as const),
    at: fc.nat({ max: 11 }),
  }),
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: anyChange },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("between" as const),
      changes: fc.array(anyChange, { maxLength: 6 }),
    }),
  },
  fc.record({
    kind: fc.constant("fault" as const),
    after: fc.nat({ max: 3 }),
    times: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({ kind: fc.constant("resume" as const), at: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 12_000 }) }),
);

const filters: readonly (WhereInput<"execution"> | undefined)[] = [
  undefined,
  (f) => f.phase.in(["RUNNING", "UNDEFINED"]),
  (f) => [f.phase.eq("FAILED"), f.state.in(["EXECUTION_ACTIVE", "EXECUTION_ARCHIVED"])],
  (f) => f.state.eq("EXECUTION_ARCHIVED"),
];

/** A reader that keeps the rows that the events amount to. */
class Reader {
  readonly rows = new Map<string, Execution>();
  readonly problems: string[] = [];
  readonly done: Promise<unknown>;
  readonly #controller = new AbortController();

  constructor(watch: (signal: AbortSignal) => ListWatch<Execution>, rows: readonly Execution[]) {
    for (const row of rows) this.rows.set(row.id?.name ?? "", row);
    this.done = this.#read(watch(this.#controller.signal)).catch((error: unknown) => error);
  }

  stop(): void {
    this.#controller.abort();
  }

  async #read(watch: ListWatch<Execution>): Promise<void> {
    for await (const event of watch) {
      if (event.kind === "synced") {
        if (event.count !== this.rows.size) this.problems.push("count");
        continue;
      }
      const name = event.item.id?.name ?? "";
      if (this.rows.has(name) === (event.kind === "added")) this.problems.push(event.kind);
      if (event.kind === "removed") this.rows.delete(name);
      else this.rows.set(name, event.item);
    }
  }
}

function rowsOf(rows: Iterable<Execution>): unknown[] {
  return [...rows]
    .map((row) => toJson(ExecutionSchema, row))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** A server whose changes can be made between two calls of a client. */
class Model {
  readonly flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  readonly writer = new AdminClient({ transport: this.flyte.transport(), defaults: scope });
  readonly #between: Change[] = [];
  #launched = 0;

  /** A transport that makes a change before each call, as long as there are some. */
  transport(): Transport {
    const inner = this.flyte.transport();
    return {
      unary: async (...call) => {
        await this.flush(1);
        return inner.unary(...call);
      },
      stream: (...call) => inner.stream(...call),
    };
  }

  between(changes: readonly Change[]): void {
    this.#between.push(...changes);
  }

  async flush(count: number): Promise<void> {
    for (const change of this.#between.splice(0, count)) await this.make(change);
  }

  /** Makes a change; one that the server refuses is none. */
  async make(change: Change): Promise<void> {
    await this.#make(change).catch(() => undefined);
  }

  async #make(change: Change): Promise<void> {
    if (change.kind === "burst") {
      for (let count = 0; count < change.count; count++) await this.#launch(`b${this.#launched++}`);
      return;
    }
    const id = { name: `e${change.at}` };
    const { executions } = this.writer;
    switch (change.kind) {
      case "launch":
        return this.#launch(id.name);
      case "reach":
        return executions.createEvent({
          executionId: id,
          phase: WorkflowExecution_Phase[change.phase],
          occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
          ...(change.phase === "FAILED" && {
            outputResult: { case: "error", value: { code: "X", message: "no" } },
          }),
        });
      case "archive":
      case "unarchive":
        return executions[change.kind](id);
      case "terminate":
        return executions.terminate(id, { cause: "test" });
    }
  }

  async #launch(name: string): Promise<void> {
    await seedExecution(this.flyte, { ...scope, name, phase: "UNDEFINED" });
  }
}

async function play(
  first: readonly Change[],
  steps: readonly Step[],
  pageSize: number,
): Promise<void> {
  const model = new Model();
  const { flyte, writer } = model;
  const clock = new FakeClock();
  const retry = { delay: () => Promise.resolve() };
  const admin = new AdminClient({ transport: model.transport(), defaults: scope, clock, retry });
  for (let at = 0; at < 10; at++) await model.make({ kind: "launch", at });
  // Changes while the lists are read at first.
  model.between(first);

  const begin = (where: WhereInput<"execution"> | undefined, previous: readonly Execution[]) =>
    new Reader(
      (signal) => admin.executions.watch({ where }, { signal, previous, pageSize, resyncMs: 0 }),
      previous,
    );
  const readers = filters.map((where) => begin(where, []));
  const never = new Promise<void>(() => undefined);
  let until = 0;
  const advance = async (ms: number): Promise<void> => {
    until += ms;
    await clock.runUntil(never, until);
  };
  for (const step of steps) {
    switch (step.kind) {
      case "between":
        model.between(step.changes);
        break;
      case "fault":
        flyte.faults.add({
          rpc: "ListExecutions",
          times: step.times,
          code: "UNAVAILABLE",
          when: ({ seen }) => seen >= step.after,
        });
        break;
      case "resume": {
        const reader = readers[step.at];
        reader?.stop();
        await reader?.done;
        readers[step.at] = begin(filters[step.at], [...(reader?.rows.values() ?? [])]);
        break;
      }
      case "wait":
        await advance(step.ms);
        break;
      default:
        await model.make(step);
    }
  }
  flyte.faults.clear();
  await model.flush(Infinity);
  // A poll comes after 33 seconds at most, and a list that lost rows is read again a minute later.
  await advance(180_000);
  for (const [index, reader] of readers.entries()) {
    const where = filters[index];
    const listed = await writer.executions.list({ where }, { limit: 1000 }).toArray();
    expect(rowsOf(reader.rows.values())).toEqual(rowsOf(listed));
    expect(reader.problems).toEqual([]);
    reader.stop();
  }
  await Promise.all(readers.map(({ done }) => done));
  expect(clock.timers).toBe(0);
}

describe("A watch of executions, after any schedule of changes and faults", () => {
  it("amounts to what the list has, for every filter, and leaves no timer behind", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyChange, { maxLength: 12 }),
        fc.array(anyStep, { maxLength: 30 }),
        fc.constantFrom(2, 7, 1000),
        play,
      ),
      { numRuns: 20 },
    );
  }, 600_000);
});
