import { isMessage } from "@bufbuild/protobuf";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";

import { TaskExecutionListRequestSchema } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../src/testing.js";
import { type WireClient, wires } from "../support/wires.js";

const count = 3500;
const someWires = wires.filter(({ name }) => ["in process", "REST over a socket"].includes(name));

describe.each(someWires)("A list that a client has read before, $name", (wire) => {
  let flyte: InMemoryFlyteAdmin;
  let node: NodeExecutionIdentifier;
  let client: WireClient;

  beforeAll(async () => {
    flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const executionId = await seedExecution(flyte, { name: "e1" });
    node = await seedNode(flyte, { executionId, nodeId: "n0" });
    await seedAttempts(flyte, { nodeExecutionId: node, count });
    client = await wire.open(flyte);
  });
  afterAll(async () => {
    await client.close();
  });
  beforeEach(async () => {
    await rowsOf(client.admin);
    // The first walk's last requests may still come; this one makes none that are in vain.
    await rowsOf(client.admin);
    flyte.clearCalls();
  });

  /** Reads all attempts, and returns how many there are. */
  async function rowsOf({ taskExecutions }: typeof client.admin): Promise<number> {
    const numbers: number[] = [];
    for await (const { id } of taskExecutions.list({ nodeExecutionId: node })) {
      numbers.push(id?.retryAttempt ?? -1);
    }
    expect(numbers).toEqual(numbers.map((_, index) => index));
    return numbers.length;
  }

  /** The pages that were asked for: how many rows at most, and where they begin. */
  const asked = () =>
    flyte.calls.flatMap(({ request }) => {
      if (!isMessage(request, TaskExecutionListRequestSchema)) return [];
      return [{ limit: request.limit, offset: Number(request.token) }];
    });
  const scouts = () => asked().filter(({ limit }) => limit === 1);

  it("is read without looking first how long it is, and without asking behind its end", async () => {
    expect(await rowsOf(client.admin)).toBe(count);
    expect(scouts()).toEqual([]);
    expect(asked().filter(({ offset }) => offset >= count)).toEqual([]);
  });

  it("is another list to another client", async () => {
    expect(await rowsOf(client.admin.with({ timeoutMs: 60_000 }))).toBe(count);
    expect(scouts()).toHaveLength(1);
  });

  it("is forgotten after a hundred others", async () => {
    for (let at = 0; at < 100; at++) {
      client.admin.taskExecutions.list({ nodeExecutionId: { ...node, nodeId: `other${at}` } });
    }
    expect(await rowsOf(client.admin)).toBe(count);
    expect(scouts()).toHaveLength(1);
  });
});
