import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { AdminClient } from "../../src/client/admin-client.js";
import { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { seedExecution } from "../../src/testing/states/index.js";
import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import { tiedServer } from "./tied-server.js";
import { ResourceListRequestSchema } from "../../gen/flyteidl/admin/common_pb.js";
import { createRouterTransport } from "@connectrpc/connect";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";

const scope = { project: "flytesnacks", domain: "development" };

/** A server whose executions were created at these nanoseconds, in this order. */
async function serverWith(createdAtNanos: readonly bigint[]) {
  let now = new Date();
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now: () => now });
  for (const [index, nanos] of createdAtNanos.entries()) {
    now = new Date(Number(nanos / 1_000_000n));
    await seedExecution(flyte, { ...scope, name: `e${index}`, phase: "UNDEFINED" });
  }
  return flyte;
}

async function namesOf(rows: AsyncIterable<Execution>) {
  const names: string[] = [];
  for await (const { id } of rows) names.push(id?.name ?? "");
  return names;
}

const start = 1_768_467_600_000n;

const anyScan = fc.record({
  // Few times for many rows, so that ties are longer than pages.
  times: fc.array(fc.bigInt({ min: 0n, max: 5n }), { maxLength: 30 }),
  pageSize: fc.integer({ min: 1, max: 8 }),
  direction: fc.constantFrom("ascending" as const, "descending" as const),
  limit: fc.option(fc.integer({ min: 1, max: 35 }), { nil: undefined }),
});

describe("A scan of executions", () => {
  it("returns each execution once and in order, whatever times they share", async () => {
    await fc.assert(
      fc.asyncProperty(anyScan, async ({ times, pageSize, direction, limit }) => {
        const admin = new AdminClient({ transport: tiedServer(times) });
        const names = await namesOf(
          admin.executions.scan({ ...scope, direction }, { pageSize, limit }),
        );
        const sign = direction === "ascending" ? 1 : -1;
        const timeOf = (name: string) => Number(times[Number(name.slice(1))]);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toHaveLength(Math.min(times.length, limit ?? Infinity));
        const given = names.map(timeOf);
        expect(given).toEqual(
          times
            .map(Number)
            .sort((a, b) => sign * (a - b))
            .slice(0, names.length),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("never asks for an offset, however deep it is, where times differ", async () => {
    const flyte = await serverWith(
      [...Array(40).keys()].map((n) => (start + BigInt(n)) * 1_000_000n),
    );
    const admin = new AdminClient({ transport: flyte.transport() });
    flyte.clearCalls();
    expect(await namesOf(admin.executions.scan(scope, { pageSize: 10 }))).toHaveLength(40);
    const requests = flyte.calls.map(({ request }) => request);
    expect(requests.every((r) => r?.$typeName === ResourceListRequestSchema.typeName)).toBe(true);
    expect(requests.every((r) => r !== undefined && "token" in r && r.token === "")).toBe(true);
    expect(requests.length).toBeLessThanOrEqual(5);
  });

  it("keeps the caller's conditions on every page", async () => {
    const flyte = await serverWith([0n, 1n, 2n, 3n, 4n].map((ms) => (start + ms) * 1_000_000n));
    const admin = new AdminClient({ transport: flyte.transport() });
    const scan = admin.executions.scan(
      { ...scope, where: (f) => f.name.in(["e0", "e2", "e3", "e4"]) },
      { pageSize: 2 },
    );
    expect(await namesOf(scan)).toEqual(["e0", "e2", "e3", "e4"]);
    expect((await scan.first())?.id?.name).toBe("e0");
    expect(await scan.toArray({ limit: 3 })).toHaveLength(3);
  });

  it("cuts the nanoseconds of closures to the microseconds of the column", async () => {
    const filters: string[] = [];
    const transport = createRouterTransport(({ service }) => {
      service(AdminService, {
        listExecutions: ({ filters: filter, token }) => {
          filters.push(filter);
          const rows = [
            { name: "a", nanos: 123_456_500 },
            { name: "b", nanos: 123_457_999 },
          ].map(({ name, nanos }) => ({
            id: { ...scope, name },
            closure: { createdAt: { seconds: 1n, nanos } },
          }));
          return filter === ""
            ? { executions: rows, token: "2" }
            : { executions: rows.slice(1), token };
        },
      });
    });
    const admin = new AdminClient({ transport });
    expect(await namesOf(admin.executions.scan(scope, { pageSize: 2 }))).toEqual(["a", "b"]);
    expect(filters).toEqual(["", "gte(execution_created_at,1970-01-01T00:00:01.123457Z)"]);
  });

  it("ends with an error where the server goes back in time, instead of asking for ever", async () => {
    let calls = 0;
    const transport = createRouterTransport(({ service }) => {
      service(AdminService, {
        listExecutions: () => {
          calls += 1;
          const executions = ["a", "b"].map((name, index) => ({
            id: { ...scope, name },
            closure: { createdAt: { seconds: BigInt(index), nanos: 0 } },
          }));
          return { executions, token: "2" };
        },
      });
    });
    const admin = new AdminClient({ transport });
    await expect(namesOf(admin.executions.scan(scope, { pageSize: 2 }))).rejects.toThrow(
      /ListExecutions returned "a", which is out of the walk's order/,
    );
    expect(calls).toBe(2);
  });

  it("halves pages that are too large, and ends when its signal fires", async () => {
    const flyte = await serverWith([0n, 1n, 2n, 3n, 4n].map((ms) => (start + ms) * 1_000_000n));
    flyte.faults.add({
      rpc: "ListExecutions",
      times: 1,
      code: "RESOURCE_EXHAUSTED",
      message: "grpc: received message larger than max (5000000 vs. 4194304)",
    });
    const controller = new AbortController();
    const admin = new AdminClient({ transport: flyte.transport() });
    const names: string[] = [];
    const walk = async () => {
      const options = { pageSize: 4, signal: controller.signal };
      for await (const { id } of admin.executions.scan(scope, options)) {
        names.push(id?.name ?? "");
        if (names.length === 3) controller.abort();
      }
    };
    await expect(walk()).rejects.toMatchObject({ code: "CANCELLED" });
    expect(names).toEqual(["e0", "e1", "e2"]);
  });

  it("refuses bad options and conditions before it asks", () => {
    const admin = new AdminClient({ baseUrl: "http://127.0.0.1:1" });
    expect(() => admin.executions.scan(scope, { pageSize: 0 })).toThrow(
      /pageSize must be .*, got 0/,
    );
    expect(() => admin.executions.scan(scope, { limit: -1 })).toThrow(
      /limit must be an integer of at least 1, got -1/,
    );
    expect(() => admin.executions.scan({ ...scope, where: (f) => f.name.eq("a,b") })).toThrow();
    expect(() => admin.executions.scan({ project: "p", domain: "" })).toThrow(/domain/);
  });
});
