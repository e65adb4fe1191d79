import { toBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { NodeExecutionListSchema } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import { TaskExecutionListSchema } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import type { Identifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import {
  type AnsweredCall,
  InMemoryFlyteAdmin,
  seedExecution,
  seedNode,
  seedTask,
} from "../../../src/testing.js";

const scope = { project: "flytesnacks", domain: "development" } as const;
const longTexts = fc.string({ unit: "binary", maxLength: 400 });

/** Returns a call's answer as the server and as its caller see it. */
async function asked<T>(
  flyte: InMemoryFlyteAdmin,
  seen: AnsweredCall[],
  ask: (client: ReturnType<typeof clientOf>) => Promise<T>,
) {
  flyte.clearCalls();
  seen.length = 0;
  const answer = await ask(clientOf(flyte));
  return { answer, bytes: flyte.calls[0]?.responseBytes, seen: seen[0] };
}

function clientOf(flyte: InMemoryFlyteAdmin) {
  return createClient(AdminService, flyte.transport());
}

function noteAnswers() {
  const seen: AnsweredCall[] = [];
  const flyte = new InMemoryFlyteAdmin({
    projects: [scope.project],
    beforeAnswer: (call) => {
      seen.push(call);
      return Promise.resolve();
    },
  });
  return { flyte, seen };
}

describe("lists of nodes and attempts", () => {
  it("have each attempt as a get answers it, whatever its texts are", async () => {
    const attempts = fc.array(
      fc.record({ inputUri: longTexts, reason: longTexts, task: fc.constantFrom("a", "b") }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(attempts, async (events) => {
        const { flyte, seen } = noteAnswers();
        const executionId = await seedExecution(flyte, { ...scope, name: "run" });
        const node = await seedNode(flyte, { executionId, nodeId: "n0" });
        const client = clientOf(flyte);
        const tasks = new Map<string, Identifier>();
        for (const name of ["a", "b"]) tasks.set(name, await seedTask(flyte, { ...scope, name }));
        const ids = events.map(({ task }, retryAttempt) => ({
          ...(tasks.has(task) ? { taskId: tasks.get(task)! } : {}),
          nodeExecutionId: node,
          retryAttempt: retryAttempt * 200,
        }));
        for (const [at, { inputUri, reason }] of events.entries()) {
          await client.createTaskEvent({
            event: {
              ...(ids[at]?.taskId && { taskId: ids[at].taskId }),
              parentNodeExecutionId: node,
              retryAttempt: at * 200,
              phase: TaskExecution_Phase.RUNNING,
              occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
              inputValue: { case: "inputUri", value: inputUri },
              reason,
            },
          });
        }
        const list = await asked(flyte, seen, () =>
          client.listTaskExecutions({ nodeExecutionId: node, limit: events.length }),
        );
        const gets = await Promise.all(ids.map((id) => client.getTaskExecution({ id })));
        expect(list.answer.taskExecutions).toEqual(gets);
        const token = String(events.length);
        expect(list.bytes).toBe(toBinary(TaskExecutionListSchema, list.answer).length);
        expect(list.seen?.page).toEqual({ rows: gets.length, token });
        expect(list.seen?.response).toEqual(list.answer);
      }),
      { numRuns: 30 },
    );
  });

  it("tell parents by their children, and cut the messages of failed nodes", async () => {
    const { flyte, seen } = noteAnswers();
    const executionId = await seedExecution(flyte, { ...scope, name: "run" });
    const client = clientOf(flyte);
    const parent = await seedNode(flyte, { executionId, nodeId: "parent" });
    await seedNode(flyte, { executionId, nodeId: "child", parentNodeId: "parent" });
    await seedNode(flyte, { executionId, nodeId: "plain" });
    await client.createNodeEvent({
      event: {
        id: { nodeId: "failed", executionId },
        phase: NodeExecution_Phase.FAILED,
        occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
        outputResult: { case: "error", value: { code: "X", message: "long ".repeat(40) } },
      },
    });
    const list = await asked(flyte, seen, () =>
      client.listNodeExecutions({ workflowExecutionId: executionId, limit: 10 }),
    );
    const shown = list.answer.nodeExecutions.map(({ id, metadata, closure }) => [
      id?.nodeId,
      metadata?.isParentNode,
      closure?.outputResult.case === "error" ? closure.outputResult.value.message.length : 0,
    ]);
    expect(shown).toEqual([
      [parent.nodeId, true, 0],
      ["plain", false, 0],
      ["failed", false, 100],
    ]);
    expect(list.bytes).toBe(toBinary(NodeExecutionListSchema, list.answer).length);
    expect(list.seen?.page?.rows).toBe(3);
  });
});

describe("the record of an answer before it is sent", () => {
  it("has the page of any list, and none for what is no list", async () => {
    const { flyte, seen } = noteAnswers();
    await seedExecution(flyte, { ...scope, name: "one" });
    await seedExecution(flyte, { ...scope, name: "two" });
    const id = { ...scope, name: "" };
    const list = await asked(flyte, seen, (client) => client.listExecutions({ id, limit: 1 }));
    expect(list.seen?.page).toEqual({ rows: 1, token: "1" });
    const one = await asked(flyte, seen, (client) =>
      client.getExecution({ id: { ...scope, name: "one" } }),
    );
    expect(one.seen?.page).toBeUndefined();
    expect(one.seen?.response).toEqual(one.answer);
  });

  it("fails the call with what it throws", async () => {
    const flyte = new InMemoryFlyteAdmin({
      projects: [scope.project],
      beforeAnswer: () => Promise.reject(new Error("too busy")),
    });
    const answer = createClient(AdminService, flyte.transport()).getVersion({});
    await expect(answer).rejects.toThrow("too busy");
  });
});
