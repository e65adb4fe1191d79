import { describe, expect, test } from "@jest/globals";

import { AdminClient, InvalidIdentifierError } from "../../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution } from "../../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };

async function server(): Promise<{ flyte: InMemoryFlyteAdmin; admin: AdminClient }> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  for (const name of ["a", "b", "c"]) await seedExecution(flyte, { name, phase: "FAILED" });
  flyte.clearCalls();
  return { flyte, admin: new AdminClient({ transport: flyte.transport(), defaults }) };
}

describe("executions.getMany", () => {
  test("returns a result for each id, in order, and an error for one that is not found", async () => {
    const { admin } = await server();
    const ids = ["c", "none", "a"].map((name) => ({ name }));
    const results = await admin.executions.getMany(ids, { concurrency: 2 });
    expect(results).toMatchObject([
      { ok: true, id: { name: "c" }, value: { id: { name: "c" } } },
      { ok: false, id: { name: "none" }, error: { code: "NOT_FOUND" } },
      { ok: true, id: { name: "a" }, value: { id: { name: "a" } } },
    ]);
  });

  test("checks all ids before the first call", async () => {
    const { admin, flyte } = await server();
    const work = admin.executions.getMany([{ name: "a" }, { name: "" }]);
    await expect(work).rejects.toBeInstanceOf(InvalidIdentifierError);
    expect(flyte.calls).toHaveLength(0);
  });
});

describe("executions.relaunchAll", () => {
  test("relaunches each execution of a list once", async () => {
    const { admin, flyte } = await server();
    const list = admin.executions.list({ orderBy: { field: "name", direction: "ascending" } });
    const results = await admin.executions.relaunchAll(list, { overwriteCache: true });
    expect(results.map(({ id, ok }) => [id.name, ok])).toEqual([
      ["a", true],
      ["b", true],
      ["c", true],
    ]);
    const sent = flyte.calls.filter(({ rpc }) => rpc === "RelaunchExecution");
    expect(sent).toHaveLength(3);
    expect(sent[0]?.request).toMatchObject({ overwriteCache: true, name: "" });
    for (const result of results) {
      if (!result.ok) throw result.error;
      const { spec } = await admin.executions.get(result.value);
      expect(spec?.metadata?.referenceExecution?.name).toBe(result.id.name);
    }
  });
});

describe("bulk verbs", () => {
  test("pass headers and onHeader to each of their calls", async () => {
    const { admin, flyte } = await server();
    let answers = 0;
    await admin.executions.getMany([{ name: "a" }, { name: "b" }], {
      headers: { "x-team": "ml" },
      onHeader: () => {
        answers += 1;
      },
    });
    expect(flyte.calls.map(({ headers }) => headers["x-team"])).toEqual(["ml", "ml"]);
    expect(answers).toBe(2);
  });
});
