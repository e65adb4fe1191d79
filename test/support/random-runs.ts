import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  create,
  createRegistry,
  fromBinary,
  type JsonValue,
  type Message,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { ConnectError, type Transport } from "@connectrpc/connect";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { withoutMadeUpText, withoutMadeUpValues } from "./made-up-values.js";
import { bytesOf, recordedBlobs, type RecordedCall, recordedCall } from "./recordings.js";

/** A call of a random run: with the answer of the recorded server. */
interface RandomCall extends RecordedCall {
  readonly line: number;
  readonly answer: Answer;
}

/** An answer in the form that is compared: without what a server makes up. */
type Answer =
  | { readonly kind: "message"; readonly message: JsonValue }
  | { readonly kind: "error"; readonly code: number; readonly text: string };

/** A call that the in-memory server answers in another way. */
export interface Difference {
  readonly line: number;
  readonly rpc: string;
  readonly kind: "code" | "text" | "data";
  readonly request: string;
  readonly got: string;
  readonly want: string;
}

/** What a replay came to. */
export interface Replay {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** When the runs were recorded: filters compare times of the server's clock with dates. */
const recordedFrom = Date.UTC(2026, 10, 29, 9, 40);
const msPerCall = 10;

const registry = createRegistry(EventFailureReasonSchema);

/** Plays a recorded run to an empty in-memory server, call by call, and compares every answer. */
export async function replayRun(file: string): Promise<Replay> {
  let now = recordedFrom;
  const transport = emptyServer(() => new Date(now)).transport();
  const differences: Difference[] = [];
  let compared = 0;
  for (const call of randomCalls(file)) {
    now += msPerCall;
    const got = await answerOf(transport, call);
    const kind = compareAnswers(call, got);
    if (kind === "tie") continue;
    compared += 1;
    if (kind === "equal") continue;
    differences.push({
      line: call.line,
      rpc: call.method.name,
      kind,
      request: excerpt(toJson(call.method.input, call.request, { registry })),
      got: excerpt(got),
      want: excerpt(call.answer),
    });
  }
  return { compared, differences };
}

/** The share of calls that have no difference of these kinds. */
export function equalShare(
  { compared, differences }: Replay,
  kinds: readonly Difference["kind"][] = ["code", "text", "data"],
): number {
  return 1 - differences.filter(({ kind }) => kinds.includes(kind)).length / compared;
}

function excerpt(value: unknown): string {
  return JSON.stringify(value).slice(0, 600);
}

function emptyServer(now: () => Date): InMemoryFlyteAdmin {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now });
  for (const [uri, bytes] of recordedBlobs()) flyte.putBlob(uri, bytes);
  const scalar = { value: { case: "primitive", value: { value: largeText } } } as const;
  const big = { value: { case: "scalar", value: scalar } } as const;
  const large = create(LiteralMapSchema, { literals: { big } });
  flyte.putBlob("s3://my-s3-bucket/c0.pb", toBinary(LiteralMapSchema, large));
  return flyte;
}

const largeText = { case: "stringValue", value: "x".repeat(3_145_728) } as const;

interface Line {
  readonly service: string;
  readonly rpc: string;
  readonly request: string;
  readonly response?: string;
  readonly error?: { readonly code: number; readonly message: string };
}

function randomCalls(file: string): readonly RandomCall[] {
  const bytes = readFileSync(new URL(`../recordings/random/${file}`, import.meta.url));
  return gunzipSync(bytes)
    .toString()
    .trimEnd()
    .split("\n")
    .map((text, line) => {
      const { service, rpc, request, response, error } = JSON.parse(text) as Line;
      const call = recordedCall(service, rpc, request);
      const answer: Answer =
        error === undefined
          ? messageAnswer(call, fromBinary(call.method.output, bytesOf(response ?? "")))
          : { kind: "error", code: error.code, text: withoutMadeUpText(error.message) };
      return { ...call, line, answer };
    });
}

async function answerOf(transport: Transport, call: RecordedCall): Promise<Answer> {
  try {
    const { method, request } = call;
    const { message } = await transport.unary(
      { ...method, methodKind: "unary" },
      undefined,
      undefined,
      undefined,
      request,
    );
    return messageAnswer(call, message);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return { kind: "error", code: error.code, text: withoutMadeUpText(error.rawMessage) };
  }
}

function messageAnswer({ method }: RecordedCall, message: Message): Answer {
  return {
    kind: "message",
    message: withoutMadeUpValues(toJson(method.output, message, { registry })),
  };
}

function compareAnswers(call: RandomCall, got: Answer): Difference["kind"] | "equal" | "tie" {
  const want = call.answer;
  if (want.kind === "error") {
    if (got.kind !== "error" || got.code !== want.code) return "code";
    // A text that ends in white space did not reach the recording client.
    return got.text === want.text || want.text === "" ? "equal" : "text";
  }
  if (got.kind === "error") return "code";
  if (JSON.stringify(got.message) === JSON.stringify(want.message)) return "equal";
  if (!call.method.name.startsWith("List") || isSortedByUniqueKey(call)) return "data";
  // Rows that tie come in the order that PostgreSQL chose: only whole lists compare, as sets.
  if (!isWholeList(call, want.message)) return "tie";
  return JSON.stringify(asSet(got.message)) === JSON.stringify(asSet(want.message))
    ? "equal"
    : "data";
}

function isSortedByUniqueKey(call: RecordedCall): boolean {
  const { sortBy } = requestJson(call);
  const key = isObject(sortBy) ? sortBy["key"] : undefined;
  return key === "id" || key === "identifier";
}

function isWholeList(call: RecordedCall, message: JsonValue): boolean {
  const { token, limit } = requestJson(call);
  const rows = rowsOf(message);
  const isFirst = token === undefined || token === "";
  const isLast = !isObject(message) || (message["token"] ?? "") === "";
  const pageSize = typeof limit === "number" && limit > 0 ? limit : Infinity;
  return isFirst && isLast && (rows === undefined || rows[1].length < pageSize);
}

function requestJson({ method, request }: RecordedCall): Readonly<Record<string, JsonValue>> {
  const json = toJson(method.input, request, { registry });
  return isObject(json) ? json : {};
}

function asSet(message: JsonValue): JsonValue {
  const rows = rowsOf(message);
  if (rows === undefined || !isObject(message)) return message;
  const [key, items] = rows;
  return { ...message, [key]: items.map((item) => JSON.stringify(item)).sort() };
}

function rowsOf(message: JsonValue): readonly [key: string, rows: JsonValue[]] | undefined {
  if (!isObject(message)) return undefined;
  for (const [key, value] of Object.entries(message)) if (Array.isArray(value)) return [key, value];
  return undefined;
}

function isObject(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
