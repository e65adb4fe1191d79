import { beforeEach, describe, expect, it } from "@jest/globals";
import { Project_ProjectState } from "../../gen/flyteidl/admin/project_pb.js";
import { NamedEntityState } from "../../gen/flyteidl/admin/common_pb.js";
import { ExecutionState } from "../../gen/flyteidl/admin/execution_pb.js";
import { LaunchPlanState } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import { AdminClient, InvalidIdentifierError, InvalidOptionError } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedArchivedProject, seedExecution } from "../../src/testing.js";

const scope = { project: "flytesnacks", domain: "development" };
const workflow = { ...scope, name: "core.flows.sample" };
const version = { ...workflow, version: "v1" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport() });
  await seedExecution(flyte, { name: "e1" });
});

describe("an update changes what it names and nothing else", () => {
  it("renaming an archived project leaves it archived", async () => {
    await seedArchivedProject(flyte, "old");
    await admin.projects.update("old", { name: "Old things", labels: { team: "x" } });
    expect(await admin.projects.get("old")).toMatchObject({
      name: "Old things",
      labels: { values: { team: "x" } },
      state: Project_ProjectState.ARCHIVED,
    });
  });

  it("archiving a project leaves its name, description and labels", async () => {
    await admin.projects.register({ id: "p1", name: "P", description: "d", labels: { a: "b" } });
    await admin.projects.archive("p1");
    expect(await admin.projects.get("p1")).toMatchObject({
      name: "P",
      description: "d",
      labels: { values: { a: "b" } },
      state: Project_ProjectState.ARCHIVED,
    });
    await admin.projects.unarchive("p1");
    expect((await admin.projects.get("p1")).state).toBe(Project_ProjectState.ACTIVE);
  });

  it("labels that are left out stay, and an empty set takes them away", async () => {
    await admin.projects.register({ id: "p2", labels: { a: "b" } });
    await admin.projects.update("p2", { description: "new" });
    expect((await admin.projects.get("p2")).labels?.values).toEqual({ a: "b" });
    await admin.projects.update("p2", { labels: {} });
    expect((await admin.projects.get("p2")).labels?.values ?? {}).toEqual({});
  });

  it("describing an archived name leaves it archived, and archiving it leaves its description", async () => {
    await admin.namedEntities.update({ kind: "workflow", id: workflow }, { description: "mine" });
    await admin.namedEntities.archive({ kind: "workflow", id: workflow });
    await admin.namedEntities.update(
      { kind: "workflow", id: workflow },
      { description: "still mine" },
    );
    expect(
      (await admin.namedEntities.get({ kind: "workflow", id: workflow })).metadata,
    ).toMatchObject({
      description: "still mine",
      state: NamedEntityState.NAMED_ENTITY_ARCHIVED,
    });
    await admin.namedEntities.unarchive({ kind: "workflow", id: workflow });
    expect(
      (await admin.namedEntities.get({ kind: "workflow", id: workflow })).metadata,
    ).toMatchObject({
      description: "still mine",
      state: NamedEntityState.NAMED_ENTITY_ACTIVE,
    });
  });

  it("an empty description is refused, since the server would keep the old one", async () => {
    await expect(
      admin.namedEntities.update({ kind: "workflow", id: workflow }, { description: "" }),
    ).rejects.toThrow(InvalidOptionError);
  });

  it("activating and deactivating a launch plan say which, and so do executions", async () => {
    await admin.launchPlans.deactivate(version);
    expect((await admin.launchPlans.get(version)).closure?.state).toBe(LaunchPlanState.INACTIVE);
    await admin.launchPlans.activate(version);
    expect((await admin.launchPlans.getActive(workflow)).id?.version).toBe("v1");

    const id = { ...scope, name: "e1" };
    await admin.executions.archive(id);
    expect((await admin.executions.get(id)).closure?.stateChangeDetails?.state).toBe(
      ExecutionState.EXECUTION_ARCHIVED,
    );
    expect(await admin.executions.list(scope).toArray({ limit: 10 })).toEqual([]);
    await admin.executions.unarchive(id);
    expect(await admin.executions.list(scope).toArray({ limit: 10 })).toHaveLength(1);
  });
});

describe("attributes", () => {
  const kind = "executionClusterLabel";

  beforeEach(async () => {
    await admin.attributes.update(kind, { project: "flytesnacks" }, { value: "wide" });
    await admin.attributes.update(kind, { ...scope, workflow: "w" }, { value: "narrow" });
  });

  it("of a wider scope are distinguished from one's own", async () => {
    expect(await admin.attributes.get(kind, { ...scope, workflow: "w" })).toMatchObject({
      value: { value: "narrow" },
      scope: { ...scope, workflow: "w" },
    });
    expect(await admin.attributes.get(kind, scope)).toMatchObject({
      kind,
      value: { value: "wide" },
      scope: { project: "flytesnacks" },
    });
  });

  it("are not deleted for narrower scopes unless that is said", async () => {
    flyte.clearCalls();
    // @ts-expect-error includingNarrower is missing
    await expect(admin.attributes.delete(kind, { project: "flytesnacks" })).rejects.toThrow(
      /includingNarrower/,
    );
    const domainScope = { ...scope, includingNarrower: false } as const;
    // @ts-expect-error includingNarrower must be true
    await expect(admin.attributes.delete(kind, domainScope)).rejects.toThrow(InvalidOptionError);
    expect(flyte.calls).toEqual([]);
    await admin.attributes.delete(kind, { ...scope, workflow: "w" });
    expect(await admin.attributes.list(kind)).toHaveLength(1);
  });

  it.each([
    ["no project", {}],
    ["an empty project", { project: "" }],
    ["an undefined domain", { project: "p", domain: undefined }],
    ["an empty workflow", { project: "p", domain: "d", workflow: "" }],
    ["a workflow without a domain", { project: "p", workflow: "w" }],
  ])("of a scope with %s are refused before any call", async (_, bad) => {
    flyte.clearCalls();
    const given = bad as { project: string };
    await expect(admin.attributes.get(kind, given)).rejects.toThrow(InvalidIdentifierError);
    await expect(admin.attributes.update(kind, given, { value: "l" })).rejects.toThrow(
      InvalidIdentifierError,
    );
    await expect(
      admin.attributes.delete(kind, { ...given, includingNarrower: true }),
    ).rejects.toThrow(InvalidIdentifierError);
    expect(flyte.calls).toEqual([]);
  });
});

describe("an identifier with an empty part reaches no other row", () => {
  const occurredAt = { seconds: 1n, nanos: 0 };
  const nameless = { ...scope, name: "" };

  it.each<[string, (client: AdminClient) => Promise<unknown>]>([
    ["relaunch", (a) => a.executions.relaunch(nameless)],
    ["recover", (a) => a.executions.recover(nameless)],
    ["terminate", (a) => a.executions.terminate(nameless, { cause: "c" })],
    ["getData", (a) => a.executions.getData(nameless)],
    ["a task without a version", (a) => a.tasks.get({ ...scope, name: "n", version: "" })],
    [
      "a node without an id",
      (a) => a.nodeExecutions.get({ executionId: { ...scope, name: "e1" }, nodeId: "" }),
    ],
    [
      "a node event without an id",
      (a) =>
        a.nodeExecutions.createEvent({
          id: { executionId: { ...scope, name: "e1" }, nodeId: "" },
          occurredAt,
        }),
    ],
    [
      "a task event without a node",
      (a) =>
        a.taskExecutions.createEvent({
          taskId: version,
          parentNodeExecutionId: { executionId: nameless, nodeId: "n0" },
          retryAttempt: 0,
          occurredAt,
        }),
    ],
    ["a project", (a) => a.projects.archive("")],
    // @ts-expect-error -- an id that must name a row is never undefined
    ["undefined", (a) => a.executions.get(undefined)],
  ])("%s", async (_, call) => {
    flyte.clearCalls();
    await expect(call(admin)).rejects.toThrow(InvalidIdentifierError);
    expect(flyte.calls).toEqual([]);
  });
});
