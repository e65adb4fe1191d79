import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";
import { Code, ConnectError } from "@connectrpc/connect";

import { ExecutionClosureSchema, ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import { NodeExecutionSchema } from "../../gen/flyteidl/admin/node_execution_pb.js";
import { TaskExecutionSchema } from "../../gen/flyteidl/admin/task_execution_pb.js";
import {
  type ExecutionErrorSchema,
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../gen/flyteidl/core/execution_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import {
  type InputsResult,
  type OutputsResult,
  readExecutionInputs,
  readExecutionOutputs,
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
  type ReadDataOptions,
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "../../src/data/index.js";
import { CanceledError, InvalidIdentifierError, NotFoundError } from "../../src/errors/index.js";
import {
  encoded,
  executionId,
  FakeFlyte,
  literalMap,
  nodeExecutionId,
  taskExecutionId,
  xml,
} from "./fake-flyte.js";

const uri = "s3://bucket/outputs.pb";
const small = encoded({ o0: "x" });
const big = encoded({ o0: "x".repeat(2000) });

type Phase = "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
type Result =
  | { case: "outputUri"; value: string }
  | { case: "outputData"; value: ReturnType<typeof literalMap> }
  | { case: "error"; value: MessageInitShape<typeof ExecutionErrorSchema> }
  | { case: undefined };

/** The three kinds of things that have outputs, under one handle. */
interface Level {
  readonly dataRpc: string;
  readonly getRpc: string;
  set(flyte: FakeFlyte, phase: Phase, outputResult: Result): void;
  outputs(flyte: FakeFlyte, options?: ReadDataOptions): Promise<OutputsResult>;
  outputsOfRow(flyte: FakeFlyte): Promise<OutputsResult>;
}

const levels: Readonly<Record<string, Level>> = {
  "a workflow execution": {
    dataRpc: "GetExecutionData",
    getRpc: "GetExecution",
    set(flyte, phase, result) {
      const outputResult =
        result.case === "outputUri"
          ? {
              case: "outputs" as const,
              value: { data: { case: "uri" as const, value: result.value } },
            }
          : result;
      const closure = create(ExecutionClosureSchema, {
        phase: WorkflowExecution_Phase[phase],
        outputResult,
      });
      flyte.execution = create(ExecutionSchema, { id: executionId, closure });
    },
    outputs: (flyte, options) => readExecutionOutputs(flyte.connection(), executionId, options),
    outputsOfRow: (flyte) => readExecutionOutputs(flyte.connection(), flyte.execution),
  },
  "a node": {
    dataRpc: "GetNodeExecutionData",
    getRpc: "GetNodeExecution",
    set(flyte, phase, outputResult) {
      const closure = { phase: NodeExecution_Phase[phase], outputResult };
      flyte.node = create(NodeExecutionSchema, { id: nodeExecutionId, closure });
    },
    outputs: (flyte, options) =>
      readNodeExecutionOutputs(flyte.connection(), nodeExecutionId, options),
    outputsOfRow: (flyte) => readNodeExecutionOutputs(flyte.connection(), flyte.node),
  },
  "an attempt": {
    dataRpc: "GetTaskExecutionData",
    getRpc: "GetTaskExecution",
    set(flyte, phase, outputResult) {
      const closure = { phase: TaskExecution_Phase[phase], outputResult };
      flyte.attempt = create(TaskExecutionSchema, { id: taskExecutionId, closure });
    },
    outputs: (flyte, options) =>
      readTaskExecutionOutputs(flyte.connection(), taskExecutionId, options),
    outputsOfRow: (flyte) => readTaskExecutionOutputs(flyte.connection(), flyte.attempt),
  },
};

function succeeded(level: Level, flyte: FakeFlyte, object?: Uint8Array): FakeFlyte {
  level.set(flyte, "SUCCEEDED", { case: "outputUri", value: uri });
  if (object !== undefined) flyte.objects.set(uri, object);
  return flyte;
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const part of parts) bytes += part.length;
  return bytes;
}

describe.each(Object.entries(levels))("the outputs of %s", (_, level) => {
  test("come inline, in one call", async () => {
    const flyte = succeeded(level, new FakeFlyte(), small);
    const literals = literalMap({ o0: "x" });
    expect(await level.outputs(flyte)).toEqual({ kind: "literals", literals, source: "inline" });
    expect(flyte.calls).toEqual([level.dataRpc]);
  });

  test("come from the closure where they were stored inline", async () => {
    const flyte = new FakeFlyte();
    const literals = literalMap({ o0: "in the row" });
    level.set(flyte, "SUCCEEDED", { case: "outputData", value: literals });
    const result = { kind: "literals", literals, source: "inline" };
    expect(await level.outputsOfRow(flyte)).toEqual(result);
    expect(flyte.calls).toEqual([]);
    expect(await level.outputs(flyte)).toEqual(result);
  });

  test("that are empty are an empty map, not nothing", async () => {
    const flyte = succeeded(level, new FakeFlyte(), new Uint8Array());
    const result = { kind: "literals", literals: literalMap({}) };
    expect(await level.outputs(flyte)).toMatchObject({ ...result, source: "inline" });
    const unsigned = succeeded(level, new FakeFlyte({ signing: "off" }), new Uint8Array());
    expect(await level.outputs(unsigned)).toMatchObject({ ...result, source: "nativeUri" });
  });

  test("are no map of fewer bytes than the server reports, empty or whole in itself", async () => {
    const whole = encoded({ o0: "x".repeat(2000), o1: "y" });
    for (const part of [new Uint8Array(), encoded({ o0: "x".repeat(2000) })]) {
      const flyte = succeeded(level, new FakeFlyte(), whole);
      const cut = () => new Response(Uint8Array.from(part));
      flyte.refusals.set(level.dataRpc, cut);
      const read = await level.outputs(flyte);
      expect(read).toMatchObject({ kind: "literals", source: "nativeUri" });
      expect(read).toMatchObject({ literals: literalMap({ o0: "x".repeat(2000), o1: "y" }) });
      flyte.refusals.set("CreateDownloadLocation", cut);
      const error = { name: "SignedUrlError", reason: "truncated" };
      expect(await level.outputs(flyte)).toMatchObject({ kind: "unreadable", uri, error });
    }
  });

  test.each(["local", "aws"] as const)(
    "over the server's limits come by the signed URL (%s)",
    async (signing) => {
      const flyte = succeeded(level, new FakeFlyte({ signing }), big);
      expect(await level.outputs(flyte)).toEqual({
        kind: "literals",
        literals: literalMap({ o0: "x".repeat(2000) }),
        source: "signedUrl",
      });
      expect(flyte.calls).toEqual([level.dataRpc, `fetch ${level.dataRpc}`]);
    },
  );

  test.each(["off", "none"] as const)(
    "over the server's limits come by the native URI where no URL is signed (%s)",
    async (signing) => {
      const flyte = succeeded(level, new FakeFlyte({ signing }), big);
      expect(await level.outputs(flyte)).toMatchObject({ kind: "literals", source: "nativeUri" });
      expect(flyte.calls).toEqual([
        level.dataRpc,
        level.getRpc,
        "CreateDownloadLocation",
        "fetch CreateDownloadLocation",
      ]);
    },
  );

  test("over maxBytes are too large, and can be streamed", async () => {
    for (const signing of ["local", "off"] as const) {
      const flyte = succeeded(level, new FakeFlyte({ signing }), big);
      const result = await level.outputs(flyte, { maxBytes: 1500 });
      if (result.kind !== "tooLarge") throw new Error(result.kind);
      expect(result.bytes).toBe(big.length);
      expect(result.uri).toBe(uri);
      expect(await collect(result.stream())).toBe(big.length);
      expect(await collect(result.stream())).toBe(big.length);
    }
  });

  test("whose URL has expired come after one more signature, and no more than one", async () => {
    for (const signing of ["local", "off"] as const) {
      const flyte = succeeded(level, new FakeFlyte({ signing }), big);
      flyte.expired = 1;
      expect((await level.outputs(flyte)).kind).toBe("literals");
      const dead = succeeded(level, new FakeFlyte({ signing }), big);
      dead.expired = 99;
      expect(await level.outputs(dead)).toMatchObject({
        kind: "unreadable",
        uri,
        error: { reason: "expired" },
      });
    }
  });

  test.each(["local", "aws", "none", "off"] as const)(
    "that are not in the storage are missing (%s)",
    async (signing) => {
      const flyte = succeeded(level, new FakeFlyte({ signing }));
      expect(await level.outputs(flyte)).toEqual({ kind: "missing", what: "object", uri });
      flyte.buckets.clear();
      expect(await level.outputs(flyte)).toEqual({ kind: "missing", what: "bucket", uri });
    },
  );

  test("that are not a LiteralMap are unreadable, whatever the bytes", async () => {
    for (const bytes of [Uint8Array.of(255, 255, 255), Uint8Array.of(0x78, 0x01)]) {
      for (const signing of ["local", "off"] as const) {
        const flyte = succeeded(level, new FakeFlyte({ signing }), bytes);
        expect(await level.outputs(flyte)).toMatchObject({
          kind: "unreadable",
          error: { code: "DATA_LOSS" },
        });
      }
    }
  });

  test("that the storage refuses by one URL come by the other", async () => {
    const flyte = succeeded(level, new FakeFlyte(), big);
    flyte.refusals.set(level.dataRpc, () => xml(403, "AccessDenied"));
    expect(await level.outputs(flyte)).toMatchObject({ kind: "literals", source: "nativeUri" });
    flyte.refusals.set("CreateDownloadLocation", () => xml(403, "SignatureDoesNotMatch"));
    expect(await level.outputs(flyte)).toMatchObject({
      kind: "unreadable",
      error: { reason: "denied", status: 403 },
    });
  });

  test("are unreadable where the server cannot sign at all", async () => {
    const flyte = succeeded(level, new FakeFlyte({ signing: "off" }), big);
    flyte.failures.set("CreateDownloadLocation", new ConnectError("unsupported", Code.Internal));
    expect(await level.outputs(flyte)).toMatchObject({
      kind: "unreadable",
      uri,
      error: { code: "INTERNAL", rpc: "CreateDownloadLocation" },
    });
  });

  test("come although the other half fails the data call", async () => {
    const flyte = succeeded(level, new FakeFlyte(), small);
    flyte.failures.set(level.dataRpc, new ConnectError("failed to get object size", Code.Internal));
    expect(await level.outputs(flyte)).toMatchObject({ kind: "literals", source: "nativeUri" });
  });

  test.each([
    ["RUNNING", { case: undefined }, { kind: "notTerminal", phase: "RUNNING" }],
    ["SUCCEEDED", { case: undefined }, { kind: "none", phase: "SUCCEEDED" }],
    ["SUCCEEDED", { case: "outputUri", value: "" }, { kind: "none", phase: "SUCCEEDED" }],
    [
      "FAILED",
      { case: "error", value: { code: "USER", message: "boom" } },
      { kind: "error", phase: "FAILED", error: { code: "USER", message: "boom" } },
    ],
    ["FAILED", { case: undefined }, { kind: "error", phase: "FAILED", error: undefined }],
    ["ABORTED", { case: undefined }, { kind: "aborted" }],
  ] as const)("of one that is %s with %j are %j", async (phase, outputResult, result) => {
    const flyte = new FakeFlyte();
    level.set(flyte, phase, outputResult);
    expect(await level.outputsOfRow(flyte)).toMatchObject(result);
    expect(flyte.calls).toEqual([]);
    expect(await level.outputs(flyte)).toMatchObject(result);
    expect(flyte.calls).toEqual([level.dataRpc, level.getRpc]);
  });

  test("of one that does not exist are a NotFoundError", async () => {
    const flyte = new FakeFlyte();
    flyte.failures.set(level.dataRpc, new ConnectError("missing entity", Code.NotFound));
    await expect(level.outputs(flyte)).rejects.toBeInstanceOf(NotFoundError);
  });

  test("are given up when the caller's signal aborts", async () => {
    const flyte = succeeded(level, new FakeFlyte(), big);
    const controller = new AbortController();
    flyte.refusals.set(level.dataRpc, () => {
      controller.abort();
      return xml(503, "SlowDown");
    });
    const work = level.outputs(flyte, { signal: controller.signal });
    await expect(work).rejects.toBeInstanceOf(CanceledError);
    expect(flyte.calls).toEqual([level.dataRpc, `fetch ${level.dataRpc}`]);
  });
});

describe("the outputs of an aborted execution", () => {
  test("tell who aborted it and why", async () => {
    const flyte = new FakeFlyte();
    const value = { cause: "wrong inputs", principal: "ana" };
    const phase = WorkflowExecution_Phase.ABORTING;
    flyte.execution = create(ExecutionSchema, {
      id: executionId,
      closure: { phase, outputResult: { case: "abortMetadata", value } },
    });
    expect(await readExecutionOutputs(flyte.connection(), executionId)).toEqual({
      kind: "aborted",
      ...value,
    });
  });
});

describe("an answer over the message limit", () => {
  test("is asked for by halves", async () => {
    const flyte = succeeded(levels["an attempt"]!, new FakeFlyte(), small);
    flyte.failures.set("GetTaskExecutionData", new ConnectError("too big", Code.ResourceExhausted));
    const outputs = await readTaskExecutionOutputs(flyte.connection(), taskExecutionId);
    expect(outputs).toMatchObject({ kind: "literals", source: "getData" });
    flyte.objects.set(uri, big);
    const large = await readTaskExecutionOutputs(flyte.connection(), taskExecutionId);
    expect(large).toMatchObject({ kind: "literals", source: "nativeUri" });
  });
});

describe.each<[string, (flyte: FakeFlyte) => Promise<InputsResult>, "node" | "attempt"]>([
  ["a node", (flyte) => readNodeExecutionInputs(flyte.connection(), nodeExecutionId), "node"],
  [
    "an attempt",
    (flyte) => readTaskExecutionInputs(flyte.connection(), taskExecutionId),
    "attempt",
  ],
])("the inputs of %s", (_, inputs, row) => {
  test.each([
    ["local", "inline", small],
    ["local", "signedUrl", big],
    ["off", "nativeUri", big],
  ] as const)(
    "come with signing %s by %s, also of one that failed",
    async (signing, source, object) => {
      const flyte = new FakeFlyte({ signing });
      levels[row === "node" ? "a node" : "an attempt"]!.set(flyte, "FAILED", { case: undefined });
      flyte[row].inputUri = uri;
      flyte.objects.set(uri, object);
      expect(await inputs(flyte)).toMatchObject({ kind: "literals", source });
    },
  );

  test("that were never recorded are none, or not there yet", async () => {
    const flyte = new FakeFlyte();
    const level = levels[row === "node" ? "a node" : "an attempt"]!;
    level.set(flyte, "SUCCEEDED", { case: undefined });
    expect(await inputs(flyte)).toEqual({ kind: "none", phase: "SUCCEEDED" });
    level.set(flyte, "RUNNING", { case: undefined });
    expect(await inputs(flyte)).toEqual({ kind: "notTerminal", phase: "RUNNING" });
  });
});

describe("the inputs of a workflow execution", () => {
  const read = (flyte: FakeFlyte): Promise<InputsResult> =>
    readExecutionInputs(flyte.connection(), executionId);

  test("come inline or by the signed URL", async () => {
    const flyte = new FakeFlyte();
    flyte.executionInputs = uri;
    flyte.objects.set(uri, small);
    expect(await read(flyte)).toMatchObject({ kind: "literals", source: "inline" });
    flyte.objects.set(uri, big);
    expect(await read(flyte)).toMatchObject({ kind: "literals", source: "signedUrl" });
  });

  test.each([
    [ResourceType.LAUNCH_PLAN, "GetLaunchPlan"],
    [ResourceType.TASK, "GetTask"],
  ])("are empty for certain where what ran takes none (%i)", async (resourceType, rpc) => {
    const flyte = new FakeFlyte({ signing: "off" });
    flyte.executionInputs = uri;
    flyte.execution = create(ExecutionSchema, {
      id: executionId,
      spec: { launchPlan: { resourceType, project: "p", domain: "d", name: "n", version: "v" } },
    });
    expect(await read(flyte)).toMatchObject({ kind: "literals", literals: literalMap({}) });
    expect(flyte.calls).toEqual(["GetExecutionData", "GetExecution", rpc]);
    flyte.expectedInputs = ["x"];
    const unknown = await read(flyte);
    expect(unknown).toMatchObject({ kind: "unreadable", error: { rpc: "GetExecutionData" } });
    flyte.failures.set(rpc, new ConnectError("gone", Code.NotFound));
    expect((await read(flyte)).kind).toBe("unreadable");
  });
});

describe("an id with an empty part", () => {
  test("is refused before any call, since the server would answer with another row", async () => {
    const flyte = new FakeFlyte();
    const connection = flyte.connection();
    const empty = { ...executionId, name: "" };
    const refused = [
      readExecutionInputs(connection, empty),
      readExecutionOutputs(connection, empty),
      readNodeExecutionOutputs(connection, { executionId: empty, nodeId: "n0" }),
      readNodeExecutionInputs(connection, { executionId, nodeId: "" }),
      // @ts-expect-error -- an attempt is of a node
      readTaskExecutionInputs(connection, { ...taskExecutionId, nodeExecutionId: undefined }),
      readTaskExecutionOutputs(connection, create(TaskExecutionSchema)),
    ];
    for (const result of refused) {
      await expect(result).rejects.toBeInstanceOf(InvalidIdentifierError);
    }
    expect(flyte.calls).toEqual([]);
  });
});
