import { beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient, NotFoundError } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution, seedNode } from "../../src/testing.js";

const there = { project: "flytesnacks", domain: "development", name: "there" };
const gone = { ...there, name: "gone" };

describe("lists by an owner that does not exist", () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const admin = new AdminClient({ transport: flyte.transport() });

  beforeAll(async () => {
    const executionId = await seedExecution(flyte, { name: "there" });
    await seedNode(flyte, { executionId, nodeId: "n0" });
  });

  const bound = { limit: 10 };

  it("are empty, as on the server", async () => {
    expect(await admin.nodeExecutions.list({ executionId: gone }).toArray(bound)).toEqual([]);
    const nodeExecutionId = { executionId: there, nodeId: "gone" };
    expect(await admin.taskExecutions.list({ nodeExecutionId }).toArray(bound)).toEqual([]);
  });

  it("of executions fail with mustExist where the project or the domain is not there", async () => {
    const { project, domain } = there;
    const unknownProject = admin.executions.list({ project: "gone", domain, mustExist: true });
    await expect(unknownProject.first()).rejects.toBeInstanceOf(NotFoundError);
    const unknownDomain = admin.executions.list({ project, domain: "gone", mustExist: true });
    await expect(unknownDomain.first()).rejects.toThrow(
      'There is no domain "gone" in project "flytesnacks"; it has development',
    );
    expect(await admin.executions.list({ project, domain: "gone" }).first()).toBeUndefined();
    const empty = admin.executions.list({ project, domain: "staging", mustExist: true });
    expect(await empty.first()).toBeUndefined();
  });

  it("fail with mustExist", async () => {
    const nodes = admin.nodeExecutions.list({ executionId: gone, mustExist: true });
    await expect(nodes.toArray(bound)).rejects.toBeInstanceOf(NotFoundError);
    const nodeExecutionId = { executionId: there, nodeId: "gone" };
    const attempts = admin.taskExecutions.list({ nodeExecutionId, mustExist: true });
    await expect(attempts.first()).rejects.toBeInstanceOf(NotFoundError);
  });

  it("are distinguished from lists that are empty, and cost a call only then", async () => {
    const before = flyte.calls.length;
    const nodeExecutionId = { executionId: there, nodeId: "n0" };
    const attempts = admin.taskExecutions.list({ nodeExecutionId, mustExist: true });
    expect(await attempts.toArray(bound)).toEqual([]);
    const nodes = admin.nodeExecutions.list({ executionId: there, mustExist: true });
    expect(await nodes.toArray({ limit: 1 })).toHaveLength(1);
    expect(flyte.calls.slice(before).map(({ rpc }) => rpc)).toEqual([
      "ListTaskExecutions",
      "GetNodeExecution",
      "ListNodeExecutions",
    ]);
  });
});
