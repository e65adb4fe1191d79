import { beforeEach, describe, expect, it } from "@jest/globals";

import { NodeExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import { AdminClient } from "../../../src/client/admin-client.js";
import type { ExecutionTree, NodeTree, TreeEntry } from "../../../src/executions/tree/index.js";
import { InMemoryFlyteAdmin } from "../../../src/testing/in-memory-flyte-admin.js";
import {
  seedAttempts,
  seedExecution,
  seedNode,
  seedTree,
} from "../../../src/testing/states/index.js";

const scope = { project: "flytesnacks", domain: "development" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
});

function callCounts(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rpc } of flyte.calls) if (rpc !== undefined) counts[rpc] = (counts[rpc] ?? 0) + 1;
  flyte.clearCalls();
  return counts;
}

function nameOf(entry: TreeEntry): string {
  switch (entry.kind) {
    case "execution":
      return `${entry.depth} execution ${entry.execution.id?.name ?? ""}`;
    case "node":
      return `${entry.depth} ${entry.node.id?.nodeId ?? ""}`;
    case "attempt":
      return `${entry.depth} ${entry.parent.id?.nodeId ?? ""}/${entry.attempt.id?.retryAttempt ?? -1}`;
  }
}

async function walked(entries: AsyncIterable<TreeEntry>): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of entries) names.push(nameOf(entry));
  return names;
}

function flattened(tree: ExecutionTree, depth = 0): string[] {
  const ofNode =
    (depth: number) =>
    (node: NodeTree): string[] => [
      `${depth} ${node.node.id?.nodeId ?? ""}`,
      ...node.attempts.map(
        ({ id }) => `${depth + 1} ${node.node.id?.nodeId ?? ""}/${id?.retryAttempt ?? -1}`,
      ),
      ...node.children.flatMap(ofNode(depth + 1)),
      ...(node.childExecution ? flattened(node.childExecution, depth + 1) : []),
    ];
  return [
    `${depth} execution ${tree.execution.id?.name ?? ""}`,
    ...tree.nodes.flatMap(ofNode(depth + 1)),
  ];
}

describe("The tree of an execution", () => {
  it("comes depth first, with the fewest calls that FlyteAdmin allows", async () => {
    const attempts = (leaf: number) => (leaf % 3) + 1;
    await seedTree(flyte, { ...scope, name: "t", nodes: 12, parents: 2, attempts });
    callCounts();
    const names = await walked(admin.executions.tree({ name: "t" }));
    const leaves = [...Array(10).keys()];
    const under = (parent: number) =>
      leaves
        .filter((leaf) => leaf % 2 === parent)
        .flatMap((leaf) => {
          const node = `p${parent}-0-n${leaf}`;
          return [`2 ${node}`, ...[...Array(attempts(leaf)).keys()].map((n) => `3 ${node}/${n}`)];
        });
    expect(names).toEqual(["0 execution t", "1 p0", ...under(0), "1 p1", ...under(1)]);
    // The top, two parents; ten leaves, and the dynamic parent for the task that made it.
    expect(callCounts()).toEqual({
      GetExecution: 1,
      ListNodeExecutions: 3,
      ListTaskExecutions: 11,
    });
  });

  it("is the same when it is built, when it is taken one call at a time, and in any order of answers", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 40, parents: 3, attempts: (n) => n % 4 });
    const serial = await walked(admin.executions.tree({ name: "t" }, { concurrency: 1 }));
    expect(serial.length).toBeGreaterThan(80);
    flyte.faults.add({ rpc: "*", probability: 0.3, delayMs: 3 });
    expect(await walked(admin.executions.tree({ name: "t" }))).toEqual(serial);
    expect(flattened(await admin.executions.tree({ name: "t" }).build())).toEqual(serial);
  });

  it("leaves out calls for nodes that cannot have attempts", async () => {
    const executionId = await seedExecution(flyte, { ...scope, name: "t" });
    await seedNode(flyte, { executionId, nodeId: "start-node", phase: "SUCCEEDED" });
    await seedNode(flyte, { executionId, nodeId: "skipped", phase: "SKIPPED" });
    await seedNode(flyte, { executionId, nodeId: "sub", kind: "subWorkflow" });
    await seedNode(flyte, { executionId, nodeId: "map", kind: "array" });
    callCounts();
    const names = await walked(admin.executions.tree({ name: "t" }));
    expect(names).toEqual(["0 execution t", "1 start-node", "1 skipped", "1 sub", "1 map"]);
    expect(callCounts()).toEqual({ GetExecution: 1, ListNodeExecutions: 3, ListTaskExecutions: 1 });
  });

  it("goes into executions that nodes launched when asked to", async () => {
    const executionId = await seedExecution(flyte, { ...scope, name: "outer" });
    const child = await seedExecution(flyte, { ...scope, name: "inner" });
    const inside = await seedNode(flyte, { executionId: child, nodeId: "n0" });
    await seedAttempts(flyte, { nodeExecutionId: inside, count: 1 });
    const id = { executionId, nodeId: "launcher" };
    const event = { id, occurredAt: { seconds: 1_768_467_600n, nanos: 0 }, eventVersion: 1 };
    await admin.nodeExecutions.createEvent({ ...event, phase: NodeExecution_Phase.QUEUED });
    await admin.nodeExecutions.createEvent({
      ...event,
      phase: NodeExecution_Phase.RUNNING,
      targetMetadata: { case: "workflowNodeMetadata", value: { executionId: child } },
    });
    const outer = ["0 execution outer", "1 launcher"];
    expect(await walked(admin.executions.tree(executionId))).toEqual(outer);
    const walk = admin.executions.tree(executionId, { childExecutions: true });
    const all = [...outer, "2 execution inner", "3 n0", "4 n0/0"];
    expect(await walked(walk)).toEqual(all);
    expect(flattened(await walk.build())).toEqual(all);
  });

  it("asks again only for what can have changed", async () => {
    const executionId = await seedExecution(flyte, { ...scope, name: "t" });
    for (const nodeId of ["a", "b"]) {
      const done = await seedNode(flyte, { executionId, nodeId, phase: "SUCCEEDED" });
      await seedAttempts(flyte, { nodeExecutionId: done, count: 2 });
    }
    const running = await seedNode(flyte, { executionId, nodeId: "c", kind: "subWorkflow" });
    const inside = { executionId, parentNodeId: "c" } as const;
    const ended = await seedNode(flyte, { ...inside, nodeId: "c-0-d", phase: "SUCCEEDED" });
    await seedAttempts(flyte, { nodeExecutionId: ended, count: 1 });
    const open = await seedNode(flyte, { ...inside, nodeId: "c-0-e" });
    const before = await admin.executions.tree({ name: "t" }).build();

    await seedAttempts(flyte, { nodeExecutionId: open, count: 1 });
    await seedNode(flyte, { executionId, nodeId: "f" });
    callCounts();
    const after = await admin.executions.tree({ name: "t" }, { previous: before }).build();
    // The execution, the top from the third node on, the children of c from the second on; e and f.
    const tokens = flyte.calls.flatMap(({ request }) =>
      request !== undefined && "token" in request ? [request.token] : [],
    );
    expect(tokens.sort()).toEqual(["", "", "1", "2"]);
    expect(callCounts()).toEqual({ GetExecution: 1, ListNodeExecutions: 2, ListTaskExecutions: 2 });
    expect(flattened(after)).toEqual(flattened(await admin.executions.tree({ name: "t" }).build()));
    expect(after.nodes[0]?.node).toBe(before.nodes[0]?.node);
    expect(running.nodeId).toBe("c");
  });

  it("asks for nothing when all had ended", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 6, parents: 1 });
    const before = await admin.executions.tree({ name: "t" }).build();
    callCounts();
    const after = await admin.executions.tree({ name: "t" }, { previous: before }).build();
    expect(callCounts()).toEqual({});
    expect(after).toEqual(before);
  });

  it("stops asking when its reader leaves, and when it is not read", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 60, parents: 0 });
    callCounts();
    for await (const entry of admin.executions.tree({ name: "t" }, { concurrency: 2 })) {
      if (entry.kind === "attempt") break;
    }
    const { ListTaskExecutions = 0 } = callCounts();
    expect(ListTaskExecutions).toBeLessThanOrEqual(10);
    await new Promise((resolve) => setImmediate(resolve));
    expect(callCounts()).toEqual({});
  });

  it("fails with what a call fails with, behind the entries before it", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 4, parents: 0 });
    let lists = 0;
    flyte.faults.add({
      rpc: "ListTaskExecutions",
      when: () => ++lists === 3,
      code: "PERMISSION_DENIED",
    });
    const names: string[] = [];
    const walk = async (): Promise<void> => {
      const entries = admin.executions.tree({ name: "t" }, { concurrency: 1 });
      for await (const entry of entries) names.push(nameOf(entry));
    };
    await expect(walk()).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect(names).toEqual(["0 execution t", "1 n0", "2 n0/0", "1 n1", "2 n1/0", "1 n2"]);
    await expect(admin.executions.tree({ name: "none" }).build()).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("ends with a CanceledError when its signal fires", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 10, parents: 0 });
    flyte.faults.add({ rpc: "ListTaskExecutions", hang: true });
    const controller = new AbortController();
    const built = admin.executions.tree({ name: "t" }, { signal: controller.signal }).build();
    while (callCounts()["ListTaskExecutions"] === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    controller.abort();
    await expect(built).rejects.toMatchObject({ code: "CANCELLED" });
  });

  it("refuses a tree of another execution as its earlier state, and a concurrency that is none", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 1 });
    const previous = await admin.executions.tree({ name: "t" }).build();
    expect(() => admin.executions.tree({ name: "other" }, { previous })).toThrow(
      /previous is the tree of "t"; it must be one of "other"/,
    );
    expect(() => admin.executions.tree({ name: "t" }, { concurrency: 0 })).toThrow(/concurrency/);
  });
});

describe("The attempts of an execution", () => {
  it("are one list, over all nodes, with conditions and a limit", async () => {
    await seedTree(flyte, { ...scope, name: "t", nodes: 12, parents: 2, attempts: () => 3 });
    const all = await admin.taskExecutions.listForExecution({ name: "t" }).toArray({ limit: 100 });
    expect(all).toHaveLength(30);
    const where = { where: (f: Parameters<NonNullable<Where>>[0]) => f.phase.in(["SUCCEEDED"]) };
    const last = admin.taskExecutions.listForExecution({ name: "t" }, where);
    expect((await last.toArray({ limit: 100 })).map(({ id }) => id?.retryAttempt)).toEqual(
      Array(10).fill(2),
    );
    expect(await last.toArray({ limit: 4 })).toHaveLength(4);
    const limited = admin.taskExecutions.listForExecution({ name: "t" }, where, { limit: 2 });
    expect(await limited.toArray({ limit: 100 })).toHaveLength(2);
    expect((await last.first())?.id?.retryAttempt).toBe(2);
  });
});

type Where = NonNullable<Parameters<AdminClient["taskExecutions"]["listForExecution"]>[1]>["where"];
