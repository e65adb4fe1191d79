import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { ResourceListRequestSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import {
  ExecutionState,
  ExecutionUpdateRequestSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  NodeExecutionForTaskListRequestSchema,
  NodeExecutionListRequestSchema,
} from "../../../gen/flyteidl/admin/node_execution_pb.js";
import { TaskExecutionListRequestSchema } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import {
  attempt,
  attemptId,
  errorOf,
  executionRequest,
  node,
  nodeEvent,
  type RunServer,
  runServer,
  scope,
  startExecution,
  taskEvent,
  workflowEvent,
} from "./run-server.js";

const { RUNNING, FAILED } = NodeExecution_Phase;

async function executionNames(server: RunServer, request: object = {}): Promise<unknown[]> {
  const list = create(ResourceListRequestSchema, { id: scope, limit: 10, ...request });
  const { executions } = await server.admin.listExecutions(list, server.context);
  return executions.map(({ id }) => id?.name);
}

async function nodes(server: RunServer, request: object = {}) {
  const workflowExecutionId = { ...scope, name: "run1" };
  const list = create(NodeExecutionListRequestSchema, {
    workflowExecutionId,
    limit: 10,
    ...request,
  });
  return server.admin.listNodeExecutions(list, server.context);
}

describe("the list of executions", () => {
  it("hides archived ones unless some condition is on a state", async () => {
    const server = await runServer();
    for (const name of ["a1", "a2"]) await startExecution(server, name);
    const update = create(ExecutionUpdateRequestSchema, {
      id: { ...scope, name: "a1" },
      state: ExecutionState.EXECUTION_ARCHIVED,
    });
    await server.admin.updateExecution(update, server.context);
    expect(await executionNames(server)).toEqual(["a2"]);
    expect(await executionNames(server, { filters: "eq(state,1)" })).toEqual(["a1"]);
    expect(await executionNames(server, { filters: "value_in(state,0;1)" })).toEqual(["a1", "a2"]);
    expect(await executionNames(server, { filters: "eq(launch_plan.state,0)" })).toEqual([
      "a1",
      "a2",
    ]);
  });

  it("finds one by the name in the request's identifier", async () => {
    const server = await runServer();
    for (const name of ["a1", "a2"]) await startExecution(server, name);
    expect(await executionNames(server, { id: { ...scope, name: "a2" } })).toEqual(["a2"]);
    expect(await executionNames(server, { id: { ...scope, name: "zz" } })).toEqual([]);
  });

  it("repeats an execution for each of its tags that matches, and joins tags by name alone", async () => {
    const server = await runServer();
    const request = executionRequest(
      "tagged",
      {},
      { tags: ["a", "b"], labels: { values: { team: "x" } } },
    );
    await server.admin.createExecution(request, server.context);
    const namesake = executionRequest("tagged", { domain: "staging" });
    await server.admin.createExecution(namesake, server.context);
    const filters = "value_in(execution_tag.key,a;b)";
    expect(await executionNames(server, { filters })).toEqual(["tagged", "tagged"]);
    const staging = { ...scope, domain: "staging" };
    expect(
      await executionNames(server, { id: staging, filters: "eq(execution_tag.value,x)" }),
    ).toEqual(["tagged"]);
  });

  it("cuts error messages to 100 bytes, without half a character at the end", async () => {
    const server = await runServer();
    await startExecution(server);
    const value = { code: "X", message: `${"a".repeat(99)}é and more` };
    await workflowEvent(server, {
      phase: WorkflowExecution_Phase.FAILED,
      outputResult: { case: "error", value },
    });
    const list = create(ResourceListRequestSchema, { id: scope, limit: 1 });
    const { executions } = await server.admin.listExecutions(list, server.context);
    expect(executions[0]?.closure?.outputResult.value).toMatchObject({ message: "a".repeat(99) });
  });
});

describe("lists of nodes", () => {
  it("has the nodes without a parent, or the children of one", async () => {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: RUNNING }, "n0");
    const parentNodeMetadata = { nodeId: "n0" };
    for (const id of ["n0-0-a", "n0-0-b"]) {
      await nodeEvent(server, { phase: RUNNING, parentNodeMetadata }, id);
    }
    const ids = async (request: object) =>
      (await nodes(server, request)).nodeExecutions.map(({ id }) => id?.nodeId);
    expect(await ids({})).toEqual(["n0"]);
    expect(await ids({ uniqueParentId: "n0" })).toEqual(["n0-0-a", "n0-0-b"]);
    expect(await ids({ uniqueParentId: "n0-0-a" })).toEqual([]);
    expect(await ids({ workflowExecutionId: { ...scope, name: "nope" } })).toEqual([]);
    const unknown = await errorOf(() => nodes(server, { uniqueParentId: "nope" }));
    expect(unknown.code).toBe(Code.NotFound);
    const incomplete = await errorOf(() => nodes(server, { workflowExecutionId: scope }));
    expect(incomplete.rawMessage).toBe("missing execution_id");
  });

  it("calls a node with children a parent, which a get does only for old events", async () => {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: RUNNING }, "new");
    await nodeEvent(server, { phase: RUNNING, eventVersion: 0 }, "old");
    for (const nodeId of ["new", "old"]) {
      const parentNodeMetadata = { nodeId };
      await nodeEvent(server, { phase: RUNNING, parentNodeMetadata }, `${nodeId}-child`);
    }
    const listed = (await nodes(server)).nodeExecutions;
    expect(listed.map(({ metadata }) => metadata?.isParentNode)).toEqual([true, true]);
    expect((await node(server, "new")).metadata?.isParentNode).toBe(false);
    expect((await node(server, "old")).metadata?.isParentNode).toBe(true);
  });

  it("cuts error messages, which a list of attempts does not", async () => {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: RUNNING });
    const message = "long ".repeat(40);
    const outputResult = { case: "error" as const, value: { code: "X", message } };
    await taskEvent(server, { phase: TaskExecution_Phase.FAILED, outputResult });
    await nodeEvent(server, { phase: FAILED, outputResult });
    const [listed] = (await nodes(server)).nodeExecutions;
    expect(listed?.closure?.outputResult.value).toMatchObject({ message: message.slice(0, 100) });
    const nodeExecutionId = { nodeId: "n0", executionId: { ...scope, name: "run1" } };
    const list = create(TaskExecutionListRequestSchema, { nodeExecutionId, limit: 1 });
    const { taskExecutions } = await server.admin.listTaskExecutions(list, server.context);
    expect(taskExecutions[0]?.closure?.outputResult.value).toMatchObject({ message });
  });
});

describe("nodes that an attempt launched", () => {
  it("are its children, and make it a parent", async () => {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: RUNNING });
    await taskEvent(server, { phase: TaskExecution_Phase.RUNNING });
    expect((await attempt(server)).isParent).toBe(false);
    await nodeEvent(server, { phase: RUNNING, parentTaskMetadata: { id: attemptId() } }, "child");
    expect((await attempt(server)).isParent).toBe(true);
    const list = create(NodeExecutionForTaskListRequestSchema, {
      taskExecutionId: attemptId(),
      limit: 5,
    });
    const children = await server.admin.listNodeExecutionsForTask(list, server.context);
    expect(children.nodeExecutions.map(({ id }) => id?.nodeId)).toEqual(["child"]);
    expect((await nodes(server)).nodeExecutions).toHaveLength(1);
  });
});

describe("getters that do not check their identifiers", () => {
  it("answer with whichever row fits the parts that are there", async () => {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: RUNNING }, "n0");
    expect((await node(server, "")).id?.nodeId).toBe("n0");
    const unknown = await errorOf(() => node(server, "zz"));
    expect(unknown.rawMessage).toMatch(
      /^missing entity of type node execution with identifier node_id:"zz" +execution_id:/,
    );
  });
});
