import {
  createRegistry,
  type DescMethod,
  type JsonValue,
  type Message,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { beforeAll, describe, expect, it } from "@jest/globals";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { MemoryBlobStore } from "../../src/testing/blobs/index.js";
import {
  adminHandlers,
  authMetadataHandlers,
  createState,
  dataProxyHandlers,
  type FlyteState,
  identityHandlers,
  type RpcContext,
  signalHandlers,
} from "../../src/testing/rpcs/index.js";
import { errorStatusOf } from "../../src/transports/rest/rest-response.js";
import {
  recordedBlobs,
  recordedNow,
  type RecordedRead,
  recordedReads,
  seedCalls,
  withoutServerTimes,
} from "../support/recordings.js";
import { literals, text } from "./runs/run-server.js";

const registry = createRegistry(EventFailureReasonSchema);

const context: RpcContext = {
  now: () => recordedNow,
  headers: new Headers(),
  signal: new AbortController().signal,
  wire: "in-process",
  signedUrlBase: "http://127.0.0.1:30002",
};

/** A server with the recorded storage and nothing else. */
function emptyServer(): FlyteState {
  const now = () => recordedNow;
  const blobs = new MemoryBlobStore(now);
  for (const [uri, bytes] of recordedBlobs()) blobs.put(uri, bytes);
  const large = literals({ big: text("x".repeat(3_145_728)) });
  blobs.put("s3://my-s3-bucket/c0.pb", toBinary(LiteralMapSchema, large));
  return createState({ now, blobs, projects: ["flytesnacks"] });
}

type Handler = (request: Message, context: RpcContext) => Message | Promise<Message>;

function handlerOf(state: FlyteState, method: DescMethod): Handler {
  const services: Readonly<Record<string, object>> = {
    [AdminService.typeName]: adminHandlers(state),
    [DataProxyService.typeName]: dataProxyHandlers(state),
    [SignalService.typeName]: signalHandlers(state),
    [IdentityService.typeName]: identityHandlers(state),
    [AuthMetadataService.typeName]: authMetadataHandlers(state),
  };
  const handlers = services[method.parent.typeName] as Readonly<Record<string, Handler>>;
  return handlers[method.localName]!;
}

/** An answer in the form that is compared: without what a server makes up. */
interface Answer {
  readonly code: number;
  readonly text: string;
  readonly details: readonly unknown[];
  readonly message: JsonValue;
}

async function answerOf(state: FlyteState, { method, request }: RecordedRead): Promise<Answer> {
  try {
    const message = await handlerOf(state, method)(request, context);
    return { code: 0, text: "", details: [], message: comparable(method, message) };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const details = error.findDetails(EventFailureReasonSchema);
    return {
      code: error.code,
      text: withoutRequestId(error.rawMessage),
      details: details.map((detail) => toBinary(EventFailureReasonSchema, detail)),
      message: null,
    };
  }
}

function recordedAnswer({ method, answer, rest }: RecordedRead): Answer {
  if (answer.ok) {
    const message = comparable(method, answer.message);
    return { code: 0, text: "", details: [], message };
  }
  const status = answer.statusDetails && errorStatusOf(answer.statusDetails);
  return {
    code: answer.code,
    // A text that ends in white space did not reach the recording client over gRPC.
    text: withoutRequestId(answer.text === "" ? restText(rest) : answer.text),
    details: status?.details.map(({ value }) => value) ?? [],
    message: null,
  };
}

function restText(rest: RecordedRead["rest"]): string {
  const body = JSON.parse(rest?.json?.bodyText ?? "{}") as { readonly message?: string };
  return body.message ?? "";
}

function comparable(method: DescMethod, message: Message): JsonValue {
  const json = toJson(method.output, withoutServerTimes(method.output, message), { registry });
  return JSON.parse(withoutMadeUp(JSON.stringify(json))) as JsonValue;
}

function withoutMadeUp(json: string): string {
  return json
    .replace(/(http:\/\/127\.0\.0\.1:30002\/[^?"]*)\?[^"]*/g, "$1?")
    .replace(/"BuildTime":"[^"]*"/g, '"BuildTime":""');
}

function withoutRequestId(message: string): string {
  return message.replace(/request id: .*$/s, "request id: ");
}

describe("the recorded calls, made of the in-memory server", () => {
  let state: FlyteState;

  beforeAll(() => {
    state = emptyServer();
  });

  it("answers all writes that filled the server as the server did", async () => {
    const seeds = seedCalls();
    for (const { method, request, response } of seeds) {
      const actual = await handlerOf(state, method)(request, context);
      expect(comparable(method, actual)).toEqual(comparable(method, response));
    }
    expect(seeds).toHaveLength(641);
  });

  it.each(recordedReads().map((read, index) => [`${index + 1} ${read.name}`, read] as const))(
    "answers %s as the server did",
    async (_, read) => {
      expect(await answerOf(state, read)).toEqual(recordedAnswer(read));
    },
  );
});
