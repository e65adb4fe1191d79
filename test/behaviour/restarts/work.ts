import { type AdminClient, type ExecutionQuery, phaseOf } from "../../../src/index.js";

export const scope = { project: "flytesnacks", domain: "development" } as const;
export const bulkNames: readonly string[] = numbered("bulk", 24);
export const launchNames: readonly string[] = numbered("launched", 12);
const launchPlan = { ...scope, name: "core.flows.sample", version: "v1" };
const executionId = { ...scope, name: "tree" };

/**
 * A piece of work that a restart interrupts: calls back once when it is under way, and continues
 * when the callback has resolved. What it returns must not depend on restarts.
 */
export type Work = (admin: AdminClient, underWay: () => Promise<void>) => Promise<unknown>;

/** Launches of other work come into lists of all executions meanwhile. */
const rows: ExecutionQuery = { ...scope, where: (f) => [f.name.contains("row")] };

/** Collects what is made of each item; the work is under way after some. */
async function collect<T>(
  items: AsyncIterable<T>,
  read: (item: T) => unknown,
  underWay: () => Promise<void>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) {
    all.push(read(item));
    if (all.length === 2) await underWay();
  }
  return all;
}

/** Reads: what they return is compared with what they return without a restart. */
export const reads: Readonly<Record<string, Work>> = {
  "a list by rows": (admin, underWay) =>
    collect(admin.executions.list(rows, { pageSize: 5 }), ({ id }) => id?.name, underWay),
  "a list by rows that reads ahead": (admin, underWay) =>
    collect(
      admin.executions.list(rows, { pageSize: 5, readAhead: 3 }),
      ({ id }) => id?.name,
      underWay,
    ),
  "a list by pages": (admin, underWay) =>
    collect(
      admin.executions.list(rows, { pageSize: 7 }).pages(),
      ({ items }) => items.map(({ id }) => id?.name),
      underWay,
    ),
  "a scan": (admin, underWay) =>
    collect(admin.executions.scan(rows, { pageSize: 5 }), ({ id }) => id?.name, underWay),
  "a tree": (admin, underWay) =>
    collect(
      admin.executions.tree(executionId),
      (entry) =>
        entry.kind === "node"
          ? entry.node.id?.nodeId
          : entry.kind === "attempt"
            ? `${entry.parent.id?.nodeId}/${entry.attempt.id?.retryAttempt}`
            : entry.execution.id?.name,
      underWay,
    ),
  "the attempts of an execution": (admin, underWay) =>
    collect(
      admin.taskExecutions.listForExecution(executionId),
      ({ id }) => `${id?.nodeExecutionId?.nodeId}/${id?.retryAttempt}`,
      underWay,
    ),
  outputs: async (admin, underWay) => {
    await underWay();
    const result = await admin.executions.outputs({ ...scope, name: "row001" });
    return result.kind === "literals" ? Object.keys(result.literals.literals) : result;
  },
};

/** Waits and writes, with what they must come to. */
export const waitsAndWrites: Readonly<Record<string, readonly [Work, unknown]>> = {
  "a wait": [
    async (admin, underWay) => {
      const waited = admin.executions.wait({ ...scope, name: "waited" });
      await underWay();
      return phaseOf(await waited);
    },
    "SUCCEEDED",
  ],
  updates: [
    (admin, underWay) => {
      let isUnderWay = false;
      return collectAll(admin.executions.updates({ ...scope, name: "watched" }), async (update) => {
        if (!isUnderWay) {
          isUnderWay = true;
          await underWay();
        }
        return update.phase;
      });
    },
    ["RUNNING", "SUCCEEDED"],
  ],
  terminateAll: [
    async (admin, underWay) => {
      let begun: Promise<void> | undefined;
      const results = await admin.executions.terminateAll(
        bulkNames.map((name) => ({ ...scope, name })),
        { cause: "restart" },
        { concurrency: 3, onProgress: () => void (begun ??= underWay()) },
      );
      await begun;
      return results.map((result) => [result.id.name, result.ok ? "ok" : result.error.message]);
    },
    bulkNames.map((name) => [name, "ok"]),
  ],
  "launches with names": [
    async (admin, underWay) => {
      const names: string[] = [];
      for (const name of launchNames) {
        names.push((await admin.executions.launch({ launchPlan, name })).name);
        if (names.length === 2) await underWay();
      }
      return names;
    },
    launchNames,
  ],
};

async function collectAll<T>(
  items: AsyncIterable<T>,
  read: (item: T) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(await read(item));
  return all;
}

function numbered(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, "0")}`);
}
