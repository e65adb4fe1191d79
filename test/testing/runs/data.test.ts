import { create, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { WorkflowExecutionGetDataRequestSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  GetDynamicNodeWorkflowRequestSchema,
  NodeExecutionGetDataRequestSchema,
} from "../../../gen/flyteidl/admin/node_execution_pb.js";
import { TaskExecutionGetDataRequestSchema } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  attemptId,
  errorOf,
  literals,
  nodeEvent,
  type RunServer,
  runServer,
  scope,
  startExecution,
  taskEvent,
  text,
  versionId,
  workflowEvent,
} from "./run-server.js";

const { RUNNING, SUCCEEDED } = NodeExecution_Phase;
const uri = (value: string) => ({ case: "outputUri" as const, value });

async function started(options: Parameters<typeof runServer>[0] = {}): Promise<RunServer> {
  const server = await runServer(options);
  await startExecution(server);
  return server;
}

const executionData = (server: RunServer, id: object = { ...scope, name: "run1" }) =>
  server.admin.getExecutionData(
    create(WorkflowExecutionGetDataRequestSchema, { id }),
    server.context,
  );

const nodeData = (server: RunServer, nodeId = "n0") =>
  server.admin.getNodeExecutionData(
    create(NodeExecutionGetDataRequestSchema, {
      id: { nodeId, executionId: { ...scope, name: "run1" } },
    }),
    server.context,
  );

function putLiterals(server: RunServer, address: string, value = "v"): number {
  const bytes = toBinary(LiteralMapSchema, literals({ o: text(value) }));
  server.state.blobs.put(address, bytes);
  return bytes.length;
}

describe("the data of an execution", () => {
  it("has signed URLs, sizes and the literals themselves", async () => {
    const server = await started();
    const bytes = putLiterals(server, "s3://my-s3-bucket/o.pb");
    await workflowEvent(server, {
      phase: WorkflowExecution_Phase.SUCCEEDED,
      outputResult: uri("s3://my-s3-bucket/o.pb"),
    });
    const data = await executionData(server);
    expect(data.outputs?.url).toMatch(
      /^http:\/\/blobs\.test\/my-s3-bucket\/o\.pb\?.*X-Amz-Expires=180/,
    );
    expect(data.outputs?.bytes).toBe(BigInt(bytes));
    expect(data.fullOutputs?.literals).toEqual({ o: text("v") });
    expect(data.inputs?.url).toContain("/metadata/flytesnacks/development/run1/inputs?");
  });

  it("has empty outputs while it runs, when it failed and when it was aborted", async () => {
    const server = await started();
    const { FAILED } = WorkflowExecution_Phase;
    const isEmpty = async () => {
      const { outputs, fullOutputs } = await executionData(server);
      return outputs?.url === "" && Object.keys(fullOutputs?.literals ?? {}).length === 0;
    };
    expect(await isEmpty()).toBe(true);
    const value = { code: "X", message: "boom" };
    await workflowEvent(server, { phase: FAILED, outputResult: { case: "error", value } });
    expect(await isEmpty()).toBe(true);
  });

  it("answers an incomplete identifier with whichever execution fits", async () => {
    const server = await started();
    expect((await executionData(server, scope)).fullInputs?.literals["s"]).toEqual(text("a"));
  });
});

describe("objects that cannot be read", () => {
  it("fail the whole call with INTERNAL when they are missing, by a text that ends in a space", async () => {
    const server = await started();
    await nodeEvent(server, { phase: SUCCEEDED, outputResult: uri("s3://my-s3-bucket/gone.pb") });
    const error = await errorOf(() => nodeData(server));
    expect(error.code).toBe(Code.Internal);
    expect(error.rawMessage).toMatch(
      /^failed to get object size for s3:\/\/my-s3-bucket\/gone\.pb with NotFound: Not Found\n\tstatus code: 404, request id: [0-9A-F]{32}, host id: $/,
    );
  });

  it("give an empty map, and their size, when they are over the limit or no literals", async () => {
    const server = await started({ config: { maxDataBytes: 100 } });
    const size = putLiterals(server, "s3://my-s3-bucket/big.pb", "x".repeat(200));
    await nodeEvent(server, { phase: SUCCEEDED, outputResult: uri("s3://my-s3-bucket/big.pb") });
    server.state.blobs.put("s3://my-s3-bucket/bad.pb", new Uint8Array([255]));
    await nodeEvent(
      server,
      { phase: SUCCEEDED, outputResult: uri("s3://my-s3-bucket/bad.pb") },
      "n1",
    );
    const big = await nodeData(server);
    expect([big.outputs?.bytes, big.fullOutputs?.literals]).toEqual([BigInt(size), {}]);
    const bad = await nodeData(server, "n1");
    expect([bad.outputs?.bytes, bad.fullOutputs?.literals]).toEqual([1n, {}]);
  });

  it("are refused when their address is not of the signer's scheme", async () => {
    const server = await started();
    await nodeEvent(server, { phase: SUCCEEDED, outputResult: uri("gs://b/o.pb") });
    const error = await errorOf(() => nodeData(server));
    expect([error.code, error.rawMessage]).toEqual([
      Code.InvalidArgument,
      "invalid uri: gs://b/o.pb",
    ]);
  });

  it("give neither URL nor error when nothing is signed", async () => {
    const server = await started({ config: { signUrls: false } });
    putLiterals(server, "s3://my-s3-bucket/o.pb");
    await nodeEvent(server, { phase: SUCCEEDED, outputResult: uri("s3://my-s3-bucket/o.pb") });
    await nodeEvent(server, { phase: SUCCEEDED, outputResult: uri("s3://b/gone.pb") }, "n1");
    const { outputs, fullOutputs } = await nodeData(server);
    expect([outputs?.url, outputs?.bytes]).toEqual(["", 0n]);
    expect(fullOutputs?.literals).toEqual({ o: text("v") });
    expect((await nodeData(server, "n1")).fullOutputs?.literals).toEqual({});
  });
});

describe("flyte:// URLs", () => {
  it("are made from the identifier, with a deck only where a node has one", async () => {
    const server = await started();
    await nodeEvent(server, { phase: RUNNING, deckUri: "s3://my-s3-bucket/deck.html" });
    await taskEvent(server, { phase: TaskExecution_Phase.RUNNING, retryAttempt: 2 });
    const base = "flyte://v1/flytesnacks/development/run1/n0";
    expect((await nodeData(server)).flyteUrls).toMatchObject({
      inputs: `${base}/i`,
      outputs: `${base}/o`,
      deck: `${base}/d`,
    });
    const request = create(TaskExecutionGetDataRequestSchema, { id: attemptId(2) });
    const { flyteUrls } = await server.admin.getTaskExecutionData(request, server.context);
    expect(flyteUrls).toMatchObject({ inputs: `${base}/2/i`, outputs: `${base}/2/o`, deck: "" });
  });
});

describe("a dynamic node", () => {
  const id = versionId(ResourceType.WORKFLOW, "made");
  const dynamicWorkflow = {
    id,
    compiledWorkflow: { primary: { template: { id } } },
    dynamicJobSpecUri: "s3://my-s3-bucket/job.pb",
  };
  const get = (server: RunServer) =>
    server.admin.getDynamicNodeWorkflow(
      create(GetDynamicNodeWorkflowRequestSchema, {
        id: { nodeId: "n0", executionId: { ...scope, name: "run1" } },
      }),
      server.context,
    );

  it("has the workflow that it made, also after events that say nothing of it", async () => {
    const server = await started();
    await nodeEvent(server, { phase: RUNNING });
    await nodeEvent(server, {
      phase: NodeExecution_Phase.DYNAMIC_RUNNING,
      targetMetadata: { case: "taskNodeMetadata", value: { dynamicWorkflow } },
    });
    await nodeEvent(server, { phase: SUCCEEDED });
    const { compiledWorkflow } = await get(server);
    expect(compiledWorkflow?.primary?.template?.id).toEqual(id);
    expect((await nodeData(server)).dynamicWorkflow).toMatchObject({
      id,
      dynamicJobSpecUri: "s3://my-s3-bucket/job.pb",
    });
  });

  it("answers INTERNAL when the workflow cannot be read, and NOT_FOUND for other nodes", async () => {
    const server = await started();
    await nodeEvent(server, { phase: RUNNING });
    expect((await errorOf(() => get(server))).code).toBe(Code.NotFound);
    await nodeEvent(server, {
      phase: NodeExecution_Phase.DYNAMIC_RUNNING,
      targetMetadata: { case: "taskNodeMetadata", value: { dynamicWorkflow: { id } } },
    });
    const error = await errorOf(() => get(server));
    expect([error.code, error.rawMessage]).toEqual([
      Code.Internal,
      "Empty primary workflow definition in loaded dynamic workflow model.",
    ]);
    expect((await errorOf(() => nodeData(server))).code).toBe(Code.Internal);
  });
});
