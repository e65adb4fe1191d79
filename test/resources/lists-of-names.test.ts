import { beforeAll, describe, expect, it } from "@jest/globals";
import { AdminClient } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedTask, seedWorkflow } from "../../src/testing.js";

const scope = { project: "flytesnacks", domain: "development" };
const names = ["alpha", "beta", "delta", "gamma"];

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeAll(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport() });
  for (const name of names) {
    await seedWorkflow(flyte, { name });
    await seedTask(flyte, { name });
    await seedTask(flyte, { name, version: "v2" });
  }
  // A task that is launched by itself leaves a workflow that the server made, .flytegen.alpha.
  await admin.executions.launch({ task: { ...scope, name: "alpha", version: "v1" } });
  await admin.namedEntities.archive({ kind: "workflow", id: { ...scope, name: "beta" } });
});

async function named(
  list: AsyncIterable<{ id?: { name: string } | undefined }>,
): Promise<string[]> {
  const found: string[] = [];
  for await (const row of list) found.push(row.id?.name ?? "");
  return found;
}

describe("named entities", () => {
  it.each([1, 2, 3, 100])(
    "are all there, archived and server-made ones too, in pages of %d",
    async (pageSize) => {
      const list = admin.namedEntities.list({ kind: "workflow", ...scope }, { pageSize });
      expect(await named(list)).toEqual([".flytegen.alpha", ...names]);
    },
  );

  it.each([1, 3, 100])("are filtered here without losing any, in pages of %d", async (pageSize) => {
    const query = { kind: "workflow", ...scope } as const;
    expect(
      await named(
        admin.namedEntities.list({ ...query, states: ["NAMED_ENTITY_ARCHIVED"] }, { pageSize }),
      ),
    ).toEqual(["beta"]);
    expect(
      await named(
        admin.namedEntities.list({ ...query, states: ["SYSTEM_GENERATED"] }, { pageSize }),
      ),
    ).toEqual([".flytegen.alpha"]);
    expect(
      await named(admin.namedEntities.list({ ...query, nameContains: "lta" }, { pageSize })),
    ).toEqual(["delta"]);
  });

  it("stop at a limit after what is left out", async () => {
    const list = admin.namedEntities.list(
      { kind: "workflow", ...scope, states: ["NAMED_ENTITY_ACTIVE"] },
      { limit: 2, pageSize: 1 },
    );
    expect(await named(list)).toEqual(["alpha", "delta"]);
  });
});

describe("names, versions and the latest version", () => {
  it("are three lists", async () => {
    const taskNames = await admin.tasks.listNames(scope).toArray({ limit: 10 });
    expect(taskNames.map(({ name }) => name)).toEqual([
      "alpha",
      "beta",
      "core.retry.flaky",
      "delta",
      "gamma",
    ]);
    const versions = await admin.tasks.list({ ...scope, name: "beta" }).toArray({ limit: 10 });
    expect(versions.map(({ id }) => id?.version)).toEqual(["v1", "v2"]);
    expect((await admin.tasks.getLatest({ ...scope, name: "beta" })).id?.version).toBe("v2");
  });

  it("say which name has no version", async () => {
    await expect(admin.workflows.getLatest({ ...scope, name: "nope" })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringMatching(/"nope".*flytesnacks\/development/),
    });
  });
});
