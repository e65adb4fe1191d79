import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";

import { type Execution, ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import {
  type NodeExecution,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import {
  type TaskExecution,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import {
  type Literal,
  type LiteralMap,
  LiteralMapSchema,
  LiteralSchema,
  PrimitiveSchema,
  ScalarSchema,
} from "../../gen/flyteidl/core/literals_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { type Connection, connectTransport } from "../../src/calls/index.js";

export const executionId = { project: "flytesnacks", domain: "development", name: "f3a" };
export const nodeExecutionId = { executionId, nodeId: "n0" };
export const taskExecutionId = {
  taskId: { project: "flytesnacks", domain: "development", name: "t", version: "v1" },
  nodeExecutionId,
  retryAttempt: 0,
};

export function literalMap(values: Readonly<Record<string, string>>): LiteralMap {
  const map = create(LiteralMapSchema);
  for (const [name, value] of Object.entries(values)) map.literals[name] = text(value);
  return map;
}

function text(value: string): Literal {
  const primitive = create(PrimitiveSchema, { value: { case: "stringValue", value } });
  const scalar = create(ScalarSchema, { value: { case: "primitive", value: primitive } });
  return create(LiteralSchema, { value: { case: "scalar", value: scalar } });
}

export function encoded(values: Readonly<Record<string, string>>): Uint8Array {
  return toBinary(LiteralMapSchema, literalMap(values));
}

/** The settings that the data RPCs of a server depend on. */
export interface FakeSettings {
  readonly signing: "off" | "local" | "aws" | "none";
  readonly maxReadBytes: number;
  readonly maxInlineBytes: number;
}

interface DataAnswer {
  inputs: { url: string; bytes: bigint };
  outputs: { url: string; bytes: bigint };
  fullInputs: LiteralMap;
  fullOutputs: LiteralMap;
}

/**
 * A FlyteAdmin that holds one execution, one node and one attempt, and a
 * storage. Its storage is the `fetch` of the connection.
 */
export class FakeFlyte {
  readonly objects = new Map<string, Uint8Array>();
  readonly buckets = new Set(["s3://bucket"]);
  readonly calls: string[] = [];
  readonly failures = new Map<string, ConnectError>();
  /** URLs signed for the calls so far that the storage takes for expired. */
  expired = 0;
  /** The storage's refusals, by the call that signed. */
  readonly refusals = new Map<string, () => Response>();
  execution: Execution = create(ExecutionSchema, { id: executionId });
  node: NodeExecution = create(NodeExecutionSchema, { id: nodeExecutionId });
  attempt: TaskExecution = create(TaskExecutionSchema, { id: taskExecutionId });
  executionInputs = "";
  expectedInputs: readonly string[] = [];
  readonly #settings: FakeSettings;
  #signed = 0;

  constructor(settings: Partial<FakeSettings> = {}) {
    this.#settings = { signing: "local", maxReadBytes: 1000, maxInlineBytes: 500, ...settings };
  }

  connection(fetch: typeof globalThis.fetch = this.#fetch): Connection {
    const transport = createRouterTransport(({ service }) => {
      service(AdminService, {
        getExecution: () => this.#row("GetExecution", this.execution),
        getNodeExecution: () => this.#row("GetNodeExecution", this.node),
        getTaskExecution: () => this.#row("GetTaskExecution", this.attempt),
        getExecutionData: () => {
          const { outputResult: result } = this.execution.closure ?? {};
          const blob = result?.case === "outputs" ? result.value.data : undefined;
          return this.#data("GetExecutionData", {
            inputs: this.executionInputs,
            outputs: blob?.case === "uri" ? blob.value : "",
          });
        },
        getNodeExecutionData: () => this.#dataOf("GetNodeExecutionData", this.node),
        getTaskExecutionData: () => this.#dataOf("GetTaskExecutionData", this.attempt),
        getLaunchPlan: ({ id }) => {
          this.#enter("GetLaunchPlan");
          const parameters = Object.fromEntries(this.expectedInputs.map((name) => [name, {}]));
          return { id, closure: { expectedInputs: { parameters } } };
        },
        getTask: ({ id }) => {
          this.#enter("GetTask");
          const variables = Object.fromEntries(this.expectedInputs.map((name) => [name, {}]));
          return {
            id,
            closure: { compiledTask: { template: { interface: { inputs: { variables } } } } },
          };
        },
      });
      service(DataProxyService, {
        createDownloadLocation: ({ nativeUrl }) => {
          this.#enter("CreateDownloadLocation");
          return { signedUrl: this.#sign("CreateDownloadLocation", nativeUrl) };
        },
        getData: ({ flyteUrl }) => {
          this.#enter("GetData");
          const uri = flyteUrl.endsWith("/i") ? this.attempt.inputUri : outputUri(this.attempt);
          return { data: { case: "literalMap", value: this.#read(uri) ?? literalMap({}) } };
        },
      });
    });
    return connectTransport({ transport, fetch, retry: false });
  }

  readonly #fetch: typeof globalThis.fetch = (url) =>
    Promise.resolve(this.#serve(new URL(url instanceof Request ? url.url : url)));

  #row<Row>(rpc: string, row: Row): Row {
    this.#enter(rpc);
    return row;
  }

  #enter(rpc: string): void {
    this.calls.push(rpc);
    const failure = this.failures.get(rpc);
    if (failure !== undefined) throw failure;
  }

  #dataOf(rpc: string, row: NodeExecution | TaskExecution): DataAnswer {
    return this.#data(rpc, { inputs: row.inputUri, outputs: outputUri(row) });
  }

  #data(rpc: string, uris: { inputs: string; outputs: string }): DataAnswer {
    this.#enter(rpc);
    const inputs = this.#blob(rpc, uris.inputs);
    const outputs = this.#blob(rpc, uris.outputs);
    return {
      inputs,
      outputs,
      fullInputs: this.#full(uris.inputs, inputs.bytes),
      fullOutputs: this.#full(uris.outputs, outputs.bytes),
    };
  }

  #blob(rpc: string, uri: string): { url: string; bytes: bigint } {
    if (uri === "" || this.#settings.signing === "off") return { url: "", bytes: 0n };
    const object = this.objects.get(uri);
    if (object === undefined) {
      throw new ConnectError(`failed to get object size for ${uri}`, Code.Internal);
    }
    const url = this.#settings.signing === "none" ? uri : this.#sign(rpc, uri);
    return { url, bytes: BigInt(object.length) };
  }

  #full(uri: string, bytes: bigint): LiteralMap {
    const inline =
      this.#settings.signing !== "aws" || bytes < BigInt(this.#settings.maxInlineBytes);
    return (inline ? this.#read(uri) : undefined) ?? literalMap({});
  }

  #read(uri: string): LiteralMap | undefined {
    const object = this.objects.get(uri);
    if (object === undefined || object.length > this.#settings.maxReadBytes) return undefined;
    try {
      return decode(object);
    } catch {
      return undefined;
    }
  }

  #sign(rpc: string, uri: string): string {
    this.#signed += 1;
    return `https://storage.example/${uri.replace("s3://", "")}?by=${rpc}&sig=${this.#signed}`;
  }

  #serve(url: URL): Response {
    const by = url.searchParams.get("by") ?? "";
    this.calls.push(`fetch ${by}`);
    if (Number(url.searchParams.get("sig")) <= this.expired) {
      return xml(403, "AccessDenied", "<Message>Request has expired</Message>");
    }
    const refusal = this.refusals.get(by);
    if (refusal !== undefined) return refusal();
    const uri = `s3:/${url.pathname}`;
    if (!this.buckets.has(uri.split("/").slice(0, 3).join("/"))) return xml(404, "NoSuchBucket");
    const object = this.objects.get(uri);
    if (object === undefined) return xml(404, "NoSuchKey");
    return new Response(new Uint8Array(object), {
      headers: { "content-length": String(object.length) },
    });
  }
}

function outputUri(row: NodeExecution | TaskExecution): string {
  const result = row.closure?.outputResult;
  return result?.case === "outputUri" ? result.value : "";
}

function decode(bytes: Uint8Array): LiteralMap {
  return fromBinary(LiteralMapSchema, bytes);
}

export function xml(status: number, code: string, rest = ""): Response {
  return new Response(`<Error><Code>${code}</Code>${rest}</Error>`, { status });
}
