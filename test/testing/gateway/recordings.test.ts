import {
  create,
  type DescMessage,
  fromBinary,
  type Message,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { type LiteralMap, LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import { StatusSchema } from "../../../gen/google/rpc/status_pb.js";
import { InMemoryFlyteAdmin, type ListeningServer } from "../../../src/testing.js";
import {
  recordedBlobs,
  recordedNow,
  recordedReads,
  type RecordedRead,
  seedCalls,
} from "../../support/recordings.js";
import { frame, rawGrpc, type RawGrpc } from "../wires/raw-grpc.js";

const reads = recordedReads();
const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now: () => recordedNow });
let server: ListeningServer;
let grpc: RawGrpc;

beforeAll(async () => {
  for (const [uri, bytes] of recordedBlobs()) flyte.putBlob(uri, bytes);
  // The recordings leave this one out: an object over the server's read limit.
  flyte.putBlob("s3://my-s3-bucket/c0.pb", toBinary(LiteralMapSchema, bigLiterals()));
  for (const { method, request } of seedCalls()) {
    // Some of the recorded writes fail, as they did on the recorded server.
    await flyte
      .call(method.parent.typeName, method.name, toBinary(method.input, request))
      .catch(() => undefined);
  }
  server = await flyte.listen();
  grpc = rawGrpc(server.grpcUrl);
});

afterAll(async () => {
  grpc.close();
  await server.close();
});

function bigLiterals(): LiteralMap {
  const value = { case: "stringValue", value: "x".repeat(3 * 1024 * 1024) } as const;
  const literal = {
    value: { case: "scalar", value: { value: { case: "primitive", value: { value } } } },
  } as const;
  return create(LiteralMapSchema, { literals: { big: literal } });
}

/** JSON without what the server makes up: its clock's times, signatures, random names and request ids. */
function comparable(value: unknown): unknown {
  if (typeof value === "string") return comparableText(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}

function comparableText(text: string): string {
  if (/^2026-11-2\dT[\d:.]+Z$/.test(text)) return "a time of the server's clock";
  if (/^2026-11-24 [\d:.]+ \+0000 UTC m=/.test(text)) return "when the server was started";
  return text
    .replace(/^http:\/\/[^/]*(\/.*)\?X-Amz-.*$/, "signed $1")
    .replace(/\/[a-z0-9]{20}\//, "/random/")
    .replace(/request id: .*/s, "request id");
}

function decoded(desc: DescMessage, bytes: Uint8Array): unknown {
  const message: Message = fromBinary(desc, bytes);
  return comparable(toJson(desc, message, { registry: undefined }));
}

/** A Status with its details as bytes, so that no registry is needed. */
function status(bytes: Uint8Array): unknown {
  const { code, message, details } = fromBinary(StatusSchema, bytes);
  return { code, message: comparableText(message), details };
}

function base64(text: string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? "", "base64"));
}

const byName = (all: readonly RecordedRead[]): [string, RecordedRead][] =>
  all.map((read) => [read.name, read]);

describe("over gRPC, the server answers as the recorded one did to", () => {
  test.each(byName(reads))("%s", async (_, { method, request, answer }) => {
    const path = `/${method.parent.typeName}/${method.name}`;
    const got = await grpc.call(path, frame(toBinary(method.input, request)));
    const fields = { ...got.headers, ...got.trailers } as Record<string, string | undefined>;
    expect(got.headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
    if (answer.ok) {
      expect(fields["grpc-status"]).toBe("0");
      expect(decoded(method.output, got.body.subarray(5))).toEqual(
        comparable(toJson(method.output, answer.message)),
      );
      return;
    }
    expect(got.trailers).toBeUndefined();
    expect([
      fields["grpc-status"],
      comparableText(decodeURIComponent(fields["grpc-message"] ?? "")),
    ]).toEqual([String(answer.code), comparableText(answer.text)]);
    const details = fields["grpc-status-details-bin"];
    expect(details === undefined ? undefined : status(base64(details))).toEqual(
      answer.statusDetails === undefined ? undefined : status(answer.statusDetails),
    );
  });
});

/** Exchanges that cannot come out the same, each with its reason. */
const restExceptions: ReadonlyMap<string, string> = new Map([
  ["empty sort", "its URL names no sort, so the recorded order is that of PostgreSQL's disk"],
]);

const restReads = reads.filter(
  ({ name, rest }) => rest?.octetStream !== undefined && !restExceptions.has(name),
);

describe("over REST, the server answers as the recorded one did to", () => {
  test("most of the recorded calls", () => {
    expect(restReads.length).toBeGreaterThan(150);
  });

  test.each(byName(restReads))("%s, in binary", async (_, { method, rest }) => {
    const got = await send(rest, "application/octet-stream");
    const wanted = rest?.octetStream;
    expect(got.status).toBe(wanted?.status);
    expect(recordedHeaders(got, wanted?.headers)).toEqual(wanted?.headers);
    const bytes = new Uint8Array(await got.arrayBuffer());
    const desc = got.status === 200 ? method.output : StatusSchema;
    if (got.status === 307) expect(bytes).toEqual(base64(wanted?.body));
    else if (desc === StatusSchema) expect(status(bytes)).toEqual(status(base64(wanted?.body)));
    else expect(decoded(desc, bytes)).toEqual(decoded(desc, base64(wanted?.body)));
  });

  test.each(byName(restReads))("%s, in JSON", async (_, { rest }) => {
    const got = await send(rest, "application/json");
    const wanted = rest?.json;
    expect(got.status).toBe(wanted?.status);
    expect(recordedHeaders(got, wanted?.headers)).toEqual(wanted?.headers);
    const text = await got.text();
    if (got.status === 307) expect(text).toBe(wanted?.bodyText);
    else
      expect(comparable(JSON.parse(text))).toEqual(comparable(JSON.parse(wanted?.bodyText ?? "")));
  });
});

async function send(rest: RecordedRead["rest"], accept: string): Promise<Response> {
  const { verb = "GET", path = "", requestBody } = rest ?? {};
  return await fetch(server.httpUrl + path, {
    method: verb,
    headers: {
      accept,
      ...(requestBody == null ? {} : { "content-type": "application/octet-stream" }),
    },
    redirect: "manual",
    ...(requestBody == null ? {} : { body: new Uint8Array(base64(requestBody)) }),
  });
}

function recordedHeaders(
  { headers }: Response,
  recorded: Readonly<Record<string, string>> = {},
): Record<string, string | null> {
  return Object.fromEntries(Object.keys(recorded).map((name) => [name, headers.get(name)]));
}
