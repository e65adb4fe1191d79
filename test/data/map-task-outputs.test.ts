import { beforeEach, describe, expect, it } from "@jest/globals";

import { TaskExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Literal } from "../../gen/flyteidl/core/literals_pb.js";
import {
  AdminClient,
  listType,
  literalsToValues,
  simpleType,
  valueToLiteral,
} from "../../src/index.js";
import {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
  seedTask,
} from "../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };

function listOf(values: readonly unknown[], type: "string" | "integer"): Literal {
  return valueToLiteral(values, listType(simpleType(type)));
}

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let nodeExecutionId: NodeExecutionIdentifier;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), fetch: flyte.fetch, defaults });
  const executionId = await seedExecution(flyte, { ...defaults, name: "e" });
  nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0", kind: "array" });
});

/** Reports a map task with two sub-tasks, the second of which was retried. */
async function report(phase: "RUNNING" | "SUCCEEDED"): Promise<void> {
  await admin.taskExecutions.createEvent({
    taskId: await seedTask(flyte),
    parentNodeExecutionId: nodeExecutionId,
    retryAttempt: 0,
    phase: TaskExecution_Phase[phase],
    occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
    metadata: {
      externalResources: [
        { index: 1, retryAttempt: 0, phase: TaskExecution_Phase.FAILED, externalId: "b-0" },
        { index: 0, retryAttempt: 0, phase: TaskExecution_Phase.SUCCEEDED, externalId: "a-0" },
        { index: 1, retryAttempt: 1, phase: TaskExecution_Phase.RUNNING, externalId: "b-1" },
      ],
    },
  });
}

async function mapTask(): Promise<Parameters<typeof admin.taskExecutions.mapOutputs>[0]> {
  const [attempt] = await admin.taskExecutions.list({ nodeExecutionId }, { limit: 1 }).toArray();
  if (attempt?.id === undefined) throw new Error("no attempt");
  return attempt.id;
}

describe("The outputs of a map task", () => {
  it("come by index, with every output of a sub-task", async () => {
    const [id] = await seedAttempts(flyte, {
      nodeExecutionId,
      count: 1,
      attempt: () => ({
        outputs: {
          o0: listOf(["a", "b", "c"], "string"),
          o1: listOf([1, 2, 3], "integer"),
        },
      }),
    });
    if (id === undefined) throw new Error("no attempt");
    const { result, items } = await admin.taskExecutions.mapOutputs(id);
    expect(result.kind).toBe("literals");
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(items.map(({ outputs }) => outputs && literalsToValues(outputs))).toEqual([
      { o0: "a", o1: 1n },
      { o0: "b", o1: 2n },
      { o0: "c", o1: 3n },
    ]);
  });

  it("have the latest attempt of each sub-task and no outputs while it runs", async () => {
    await report("RUNNING");
    const { result, items } = await admin.taskExecutions.mapOutputs(await mapTask());
    expect(result.kind).toBe("notTerminal");
    expect(items).toMatchObject([
      { index: 0, attempt: { externalId: "a-0", phase: "SUCCEEDED" }, outputs: undefined },
      { index: 1, attempt: { externalId: "b-1", phase: "RUNNING" }, outputs: undefined },
    ]);
  });

  it("are refused for an attempt whose outputs are no lists", async () => {
    const [id] = await seedAttempts(flyte, {
      nodeExecutionId,
      count: 1,
      attempt: () => ({ outputs: { o0: valueToLiteral("a", simpleType("string")) } }),
    });
    if (id === undefined) throw new Error("no attempt");
    await expect(admin.taskExecutions.mapOutputs(id)).rejects.toThrow(
      'the output "o0" is not a list',
    );
  });
});
