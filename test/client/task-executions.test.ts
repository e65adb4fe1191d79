import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  type AdminClient,
  InvalidFilterError,
  InvalidIdentifierError,
  InvalidOptionError,
  NotFoundError,
  outcomeOf,
  phaseOf,
  taskExecutionId,
} from "../../src/index.js";
import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../src/testing.js";
import { type WireClient, wires } from "../support/wires.js";
import { stringLiteral } from "../support/literals.js";

const count = 250;

async function filled(): Promise<{ flyte: InMemoryFlyteAdmin; node: NodeExecutionIdentifier }> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const executionId = await seedExecution(flyte, { name: "e1" });
  const node = await seedNode(flyte, { executionId, nodeId: "n0" });
  await seedAttempts(flyte, {
    nodeExecutionId: node,
    count,
    attempt: (n) => ({
      phase:
        n === count - 1
          ? "RUNNING"
          : n % 10 === 3
            ? "FAILED"
            : n % 50 === 7
              ? "ABORTED"
              : "SUCCEEDED",
      outputs: { o0: stringLiteral(`attempt ${n}`) },
      error: { code: "USER:X", message: `${"long ".repeat(60)}${n}` },
    }),
  });
  return { flyte, node };
}

describe.each(wires)("task executions, $name", (wire) => {
  let flyte: InMemoryFlyteAdmin;
  let node: NodeExecutionIdentifier;
  let client: WireClient;
  let admin: AdminClient;

  beforeAll(async () => {
    ({ flyte, node } = await filled());
    client = await wire.open(flyte);
    ({ admin } = client);
  });
  afterAll(async () => {
    await client.close();
  });

  it("come in the order they were recorded, each once, over as many pages as it takes", async () => {
    flyte.clearCalls();
    const attempts: number[] = [];
    const list = admin.taskExecutions.list({ nodeExecutionId: node }, { pageSize: 40 });
    for await (const attempt of list) attempts.push(attempt.id?.retryAttempt ?? -1);
    expect(attempts).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(
      flyte.calls.filter((call) => call.rpc === "ListTaskExecutions").length,
    ).toBeGreaterThanOrEqual(7);
  });

  it("resume at a page's token, in another client", async () => {
    const list = admin.taskExecutions.list({ nodeExecutionId: node }, { pageSize: 100 });
    const { nextToken: token } = await list.page();
    expect(token).toBe("100");
    const rest = admin.taskExecutions.list({ nodeExecutionId: node }, { token });
    const numbers = (await rest.toArray({ limit: 1_000 })).map((a) => a.id?.retryAttempt);
    expect(numbers[0]).toBe(100);
    expect(numbers).toHaveLength(count - 100);
  });

  it("of a node without attempts are one empty page", async () => {
    const empty = { items: [], nextToken: undefined };
    const nodeExecutionId = { ...node, nodeId: "n9" };
    const list = admin.taskExecutions.list({ nodeExecutionId, where: undefined });
    expect(await list.page()).toEqual(empty);
    const pages = [];
    for await (const page of list.pages()) pages.push(page);
    expect(pages).toEqual([empty]);
  });

  it("are filtered and sorted by the server", async () => {
    const list = admin.taskExecutions.list({
      nodeExecutionId: node,
      where: (f) => [f.phase.in(["FAILED", "ABORTED"]), f.retryAttempt.gte(100)],
      orderBy: { field: "retryAttempt", direction: "descending" },
    });
    const found = await list.toArray({ limit: 1_000 });
    const expected = Array.from({ length: count - 1 }, (_, n) => n)
      .filter((n) => n >= 100 && (n % 10 === 3 || n % 50 === 7))
      .reverse();
    expect(found.map((a) => a.id?.retryAttempt)).toEqual(expected);
  });

  it("tell an error, a result, and that there is none yet", async () => {
    const [first] = await admin.taskExecutions
      .list({ nodeExecutionId: node })
      .toArray({ limit: 1 });
    const taskId = first?.id?.taskId;
    if (taskId === undefined) throw new Error("the attempt has no task");
    const outcome = async (n: number) =>
      outcomeOf(await admin.taskExecutions.get({ taskId, nodeExecutionId: node, retryAttempt: n }));
    expect(await outcome(0)).toMatchObject({ kind: "outputUri" });
    expect(await outcome(3)).toMatchObject({ kind: "error", error: { code: "USER:X" } });
    expect(await outcome(7)).toEqual({ kind: "none", phase: "ABORTED", reason: "noResult" });
    expect(await outcome(count - 1)).toEqual({ kind: "notTerminal", phase: "RUNNING" });
  });

  it("keep the whole error message in a list", async () => {
    const list = admin.taskExecutions.list({
      nodeExecutionId: node,
      where: (f) => f.phase.eq("FAILED"),
    });
    const outcome = outcomeOf((await list.first())!);
    expect(outcome.kind === "error" && outcome.error.message).toBe(`${"long ".repeat(60)}3`);
  });

  it("take the id of a row back as it came", async () => {
    const row = await admin.taskExecutions.list({ nodeExecutionId: node }).first();
    const again = await admin.taskExecutions.get(row!.id!);
    expect(again).toEqual(row);
    expect(phaseOf(again)).toBe("SUCCEEDED");
  });

  it("give their outputs inline", async () => {
    const row = await admin.taskExecutions.list({ nodeExecutionId: node }).first();
    const outputs = await admin.taskExecutions.outputs(row!);
    expect(outputs).toMatchObject({
      kind: "literals",
      source: "inline",
      literals: { literals: { o0: stringLiteral("attempt 0") } },
    });
  });

  it("say NOT_FOUND for an attempt that is not there", async () => {
    const id = taskExecutionId("flytesnacks/development/e1/n0/flytesnacks/development/nope/v1/0");
    const error = await admin.taskExecutions.get(id).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ code: "NOT_FOUND", rpc: "GetTaskExecution", attempts: 1 });
  });

  it("refuse bad input before any call", async () => {
    flyte.clearCalls();
    const list = admin.taskExecutions;
    expect(() => list.list({ nodeExecutionId: { executionId: "p/d/e1", nodeId: "" } })).toThrow(
      InvalidIdentifierError,
    );
    // @ts-expect-error -- an id that must name a row is never undefined
    expect(() => list.list({ nodeExecutionId: undefined })).toThrow(/nodeExecutionId/);
    for (const limit of [-1, 1.5, NaN]) {
      expect(() => list.list({ nodeExecutionId: node }, { limit })).toThrow(InvalidOptionError);
      expect(() => list.list({ nodeExecutionId: node }, { pageSize: limit })).toThrow(/pageSize/);
    }
    // @ts-expect-error the column does not exist
    expect(() => list.list({ nodeExecutionId: node, orderBy: { field: "nope" } })).toThrow(
      /nope.*createdAt/s,
    );
    expect(() => list.list({ nodeExecutionId: node, where: (f) => f.version.eq("a,b") })).toThrow(
      InvalidFilterError,
    );
    await expect(
      // @ts-expect-error -- an attempt is of a task
      list.get({ taskId: undefined, nodeExecutionId: node, retryAttempt: 0 }),
    ).rejects.toThrow(InvalidIdentifierError);
    expect(flyte.calls).toEqual([]);
  });
});
