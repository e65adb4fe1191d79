import { describe, expect, it } from "@jest/globals";

import { AdminClient, type ConnectionOptions, type CallPageEvent } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution } from "../../src/testing.js";

const scope = { project: "flytesnacks", domain: "development" };

async function observed(settings: ConnectionOptions) {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  for (const name of ["a1", "a2", "a3"]) await seedExecution(flyte, { name });
  const retry = { delay: () => Promise.resolve() };
  return { flyte, admin: new AdminClient({ transport: flyte.transport(), retry, ...settings }) };
}

describe("the hook onPage", () => {
  it("sees each page of a list, and no other answer", async () => {
    const pages: CallPageEvent[] = [];
    const { admin } = await observed({ hooks: { onPage: (event) => pages.push(event) } });
    await admin.executions.get({ ...scope, name: "a1" });
    await admin.executions.list(scope, { pageSize: 2, readAhead: false }).toArray({ limit: 9 });
    expect(pages).toMatchObject([
      { rpc: "ListExecutions", items: 2, nextToken: "2", attempts: 1 },
      { rpc: "ListExecutions", items: 1, nextToken: undefined },
    ]);
  });
});

describe("a logger", () => {
  it("gets a line for each answer, retry and failure, without a header", async () => {
    const lines: string[] = [];
    const write = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
    const { flyte, admin } = await observed({
      headers: { authorization: "Bearer a.secret.token" },
      logger: {
        debug: write("debug"),
        info: write("info"),
        warn: write("warn"),
        error: write("error"),
      },
    });
    flyte.faults.add({ rpc: "GetExecution", code: "UNAVAILABLE", message: "busy", times: 1 });
    await admin.executions.get({ ...scope, name: "a1" }, { headers: { "x-request-id": "r1" } });
    await admin.executions.get({ ...scope, name: "gone" }).catch(() => undefined);
    await admin.executions
      .get({ ...scope, name: "a1" }, { signal: AbortSignal.abort() })
      .catch(() => undefined);
    expect(lines).toEqual([
      expect.stringMatching(/^warn GetExecution: attempt 1 failed with UNAVAILABLE, .*busy/),
      expect.stringMatching(
        /^debug GetExecution: OK after \d+ ms, 2 attempts, request r1, \d+ bytes$/,
      ),
      expect.stringMatching(/^error GetExecution: NOT_FOUND after \d+ ms, request /),
      expect.stringMatching(/^info GetExecution: CANCELLED /),
    ]);
    expect(lines.join("\n")).not.toContain("secret");
  });
});

describe("request ids", () => {
  it("are one for all attempts of a call, and are in its error", async () => {
    const { flyte, admin } = await observed({});
    flyte.faults.add({ rpc: "GetExecution", code: "UNAVAILABLE" });
    const before = flyte.calls.length;
    const error: unknown = await admin.executions
      .get({ ...scope, name: "a1" })
      .catch((thrown: unknown) => thrown);
    const ids = flyte.calls.slice(before).map(({ headers }) => headers["x-request-id"]);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    expect(error).toMatchObject({ requestId: ids[0], attempts: 4 });
  });

  it("are the caller's own where the caller sends one, and none where they are off", async () => {
    const { flyte, admin } = await observed({ requestIds: false });
    const before = flyte.calls.length;
    await admin.executions.get({ ...scope, name: "a1" });
    await admin.executions.get({ ...scope, name: "a1" }, { headers: { "x-request-id": "mine" } });
    expect(flyte.calls.slice(before).map(({ headers }) => headers["x-request-id"])).toEqual([
      undefined,
      "mine",
    ]);
  });
});
