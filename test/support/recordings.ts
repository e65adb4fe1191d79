import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  clone,
  type DescMessage,
  type DescMethod,
  type DescService,
  fromBinary,
  type Message,
  type MessageShape,
} from "@bufbuild/protobuf";
import { isReflectMessage, reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";

const folder = new URL("../recordings/", import.meta.url);

const services: readonly DescService[] = [
  AdminService,
  AuthMetadataService,
  DataProxyService,
  IdentityService,
  SignalService,
];

/** A day after which the recorded server's clock made every time; event times lie long before it. */
const serverClockFrom = Date.parse("2026-11-24T00:00:00Z") / 1000;

/** The time that a server of ours should show while it replays recordings. */
export const recordedNow: Date = new Date("2026-11-24T12:00:00Z");

/** A call that was made of the recorded server. */
export interface RecordedCall {
  readonly method: DescMethod;
  readonly request: Message;
}

/** A write call that filled the server, with its answer. */
export interface RecordedSeed extends RecordedCall {
  readonly response: Message;
}

/** A call with the server's gRPC answer, and the REST exchange as it is in the file. */
export interface RecordedRead extends RecordedCall {
  readonly name: string;
  readonly answer: RecordedAnswer;
  readonly rest: RecordedRest | undefined;
}

/** The recorded server's answer over gRPC. */
export type RecordedAnswer =
  | { readonly ok: true; readonly message: Message }
  | {
      readonly ok: false;
      readonly code: number;
      readonly text: string;
      readonly statusDetails: Uint8Array | undefined;
    };

/** The REST side of an exchange. */
export interface RecordedRest {
  readonly verb: string;
  readonly path: string;
  readonly requestBody?: string | null;
  readonly octetStream?: RecordedHttpAnswer;
  readonly json?: RecordedHttpAnswer;
}

/** An HTTP answer: `body` is base64, `bodyText` is text. */
export interface RecordedHttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyText?: string;
}

interface SeedLine {
  readonly service: string;
  readonly rpc: string;
  readonly request: string;
  readonly response: string;
}

interface ReadLine {
  readonly name: string;
  readonly service: string;
  readonly rpc: string;
  readonly requestBytes: string;
  readonly grpc: {
    readonly grpcStatus: number;
    readonly grpcMessage?: string | null;
    readonly statusDetailsBin?: string | null;
    readonly message: string | null;
  };
  readonly rest?: RecordedRest;
}

/** The write calls that filled the recorded server, in order. */
export function seedCalls(): readonly RecordedSeed[] {
  return readLines("seed.jsonl").map(({ service, rpc, request, response }) => {
    const call = recordedCall(service, rpc, request);
    return { ...call, response: fromBinary(call.method.output, bytesOf(response)) };
  });
}

/** The calls made afterwards, in order. */
export function recordedReads(): readonly RecordedRead[] {
  return readLines("reads.jsonl").map((line) => {
    const call = recordedCall(line.service, line.rpc, line.requestBytes);
    return {
      ...call,
      name: line.name,
      answer: recordedAnswer(call.method, line.grpc),
      rest: line.rest,
    };
  });
}

/** The objects that the seeded rows point at, by URI. */
export function recordedBlobs(): ReadonlyMap<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  const root = new URL("blobs/", folder);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    const key = path.slice(fileURLToPath(root).length).replace(/^\/+/, "");
    blobs.set(`s3://my-s3-bucket/${key}`, readFileSync(path));
  }
  return blobs;
}

/** A copy of a message in which every time of the server's clock is the same. */
export function withoutServerTimes<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
): MessageShape<Desc> {
  const copy = clone(schema, message);
  levelTimes(reflect(schema, copy));
  return copy;
}

function levelTimes(message: ReflectMessage): void {
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    const value: unknown = message.get(field);
    const items =
      field.fieldKind === "list" || field.fieldKind === "map" ? itemsOf(value) : [value];
    for (const item of items) if (isReflectMessage(item)) levelItem(item);
  }
}

function levelItem(item: ReflectMessage): void {
  if (item.desc.typeName !== TimestampSchema.typeName) {
    levelTimes(item);
    return;
  }
  const timestamp = item.message as Timestamp;
  if (timestamp.seconds < serverClockFrom) return;
  timestamp.seconds = BigInt(serverClockFrom);
  timestamp.nanos = 0;
}

function itemsOf(value: unknown): readonly unknown[] {
  if (!(value instanceof Object) || !("values" in value) || typeof value.values !== "function")
    return [];
  return [...(value as ReadonlyMap<unknown, unknown>).values()];
}

/** A call as the files of recordings write it: the request in base64. */
function recordedCall(serviceName: string, rpc: string, request: string): RecordedCall {
  const method = services
    .find(({ typeName }) => typeName === serviceName)
    ?.methods.find(({ name }) => name === rpc);
  if (method === undefined) throw new Error(`${serviceName} has no ${rpc}`);
  return { method, request: fromBinary(method.input, bytesOf(request)) };
}

function recordedAnswer(method: DescMethod, grpc: ReadLine["grpc"]): RecordedAnswer {
  if (grpc.grpcStatus === 0)
    return { ok: true, message: fromBinary(method.output, bytesOf(grpc.message ?? "")) };
  return {
    ok: false,
    code: grpc.grpcStatus,
    text: decodeURIComponent(grpc.grpcMessage ?? ""),
    statusDetails: grpc.statusDetailsBin == null ? undefined : bytesOf(grpc.statusDetailsBin),
  };
}

/** The bytes of a base64 text. */
function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function readLines(file: "seed.jsonl"): readonly SeedLine[];
function readLines(file: "reads.jsonl"): readonly ReadLine[];
function readLines(file: string): readonly unknown[] {
  const text = readFileSync(new URL(file, folder), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}
