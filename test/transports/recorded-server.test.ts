import {
  type DescMethod,
  type DescMethodUnary,
  fromJson,
  type Message,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { type FlyteError, isFlyteError } from "../../src/errors/index.js";
import { withInterceptors } from "../../src/calls/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { createGrpcTransport, type GrpcTransport } from "../../src/transports/grpc/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import {
  recordedBlobs,
  recordedNow,
  type RecordedRead,
  recordedReads,
  seedCalls,
} from "../support/recordings.js";

type Outcome = { readonly message: Message } | { readonly error: FlyteError };

async function outcome(
  transport: Transport,
  method: DescMethod,
  request: Message,
): Promise<Outcome> {
  // Every RPC of FlyteAdmin is unary.
  const unary = method as DescMethodUnary;
  const wrapped = withInterceptors(transport, { retry: false });
  try {
    const { message } = await wrapped.unary(unary, undefined, undefined, undefined, request);
    return { message };
  } catch (error) {
    if (!isFlyteError(error)) throw error;
    return { error };
  }
}

/** An outcome as JSON, without what differs from one answer to the next: where signed URLs lead, and their queries. */
function comparable(method: DescMethod, outcome: Outcome): unknown {
  if ("error" in outcome) return outcome.error.toJSON();
  const text = toJsonString(method.output, outcome.message);
  return JSON.parse(text.replace(/https?:\/\/[^"/]+([^"?]*)\?[^"]*/g, "$1"));
}

/**
 * A sort without content, which only gRPC carries, and an error whose text holds a random id and
 * ends in white space, which Node's HTTP/2 drops.
 */
const excepted: ReadonlySet<string> = new Set([
  "empty sort",
  "execution data, output in a missing bucket",
]);

/** Reads that REST carries and that leave the server as it was. */
function isComparable({ name, rest }: RecordedRead): boolean {
  const path = rest?.path.split("?", 1)[0] ?? "";
  const isRefused = /\/\/|\/$|%2F/.test(path);
  return !isRefused && !excepted.has(name) && rest?.octetStream !== undefined;
}

/** The object that the recordings leave out, over the server's limit of 2 MiB. */
const big = fromJson(LiteralMapSchema, {
  literals: { big: { scalar: { primitive: { stringValue: "x".repeat(3_145_728) } } } },
});

describe("the recorded calls, on the in-memory server", () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now: () => recordedNow });
  let grpc: GrpcTransport;
  let rest: Transport;
  let close: () => Promise<void>;

  beforeAll(async () => {
    for (const [uri, bytes] of recordedBlobs()) flyte.putBlob(uri, bytes);
    flyte.putBlob("s3://my-s3-bucket/c0.pb", toBinary(LiteralMapSchema, big));
    for (const { method, request } of seedCalls()) {
      await outcome(flyte.transport(), method, request);
    }
    const server = await flyte.listen();
    close = () => server.close();
    grpc = createGrpcTransport({ baseUrl: server.grpcUrl });
    rest = createRestTransport({ baseUrl: server.httpUrl });
  });
  afterAll(async () => {
    grpc.close();
    await close();
  });

  const reads = recordedReads().filter(isComparable);
  it.each(reads.map((read) => [read.name, read] as const))(
    "give the same message or the same error over REST, gRPC and in process: %s",
    async (_, { method, request, answer }) => {
      const overGrpc = await outcome(grpc, method, request);
      expect("message" in overGrpc).toBe(answer.ok);
      for (const other of [rest, flyte.transport()]) {
        const outcomeOfOther = await outcome(other, method, request);
        expect(comparable(method, outcomeOfOther)).toEqual(comparable(method, overGrpc));
      }
    },
  );
});
