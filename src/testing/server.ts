import type { DescService } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import type { ServerAuth } from "./auth/index.js";
import { BlobEndpoint, type MemoryBlobStore } from "./blobs/index.js";
import { CallLog, CallRecord } from "./calls/index.js";
import { FaultList } from "./faults/index.js";
import { Gateway } from "./gateway/index.js";
import { Cors, type CorsOptions, HttpPort } from "./http/index.js";
import { createInProcessTransport } from "./in-process-transport.js";
import { type AnsweredCall, Pipeline, type ServedServices } from "./pipeline/index.js";

/** The services that have REST routes, whether or not the server answers them. */
export const routedServices: readonly DescService[] = [
  AdminService,
  DataProxyService,
  SignalService,
  IdentityService,
  AuthMetadataService,
];

/** The parts that the wires of a server need. */
export interface ServerParts {
  /** The services that are answered. */
  readonly services: ServedServices;
  readonly blobs: MemoryBlobStore;
  readonly now: () => Date;
  /** Returns numbers from 0 up to 1, for faults with a probability. */
  readonly random: () => number;
  /** Where signed URLs point that are given in process. */
  readonly signedUrlBase: string;
  readonly cors: CorsOptions;
  /** How many calls the log keeps. */
  readonly maxCalls: number;
  /** Authentication; none when left out. */
  readonly auth?: ServerAuth | undefined;
  /** Waits before an answer is sent. */
  readonly beforeAnswer?: ((call: AnsweredCall) => Promise<void>) | undefined;
}

/** The wires of a server around its handlers: in process, the HTTP port, and what gRPC needs. */
export interface ServerWires {
  readonly transport: Transport;
  readonly pipeline: Pipeline;
  readonly port: HttpPort;
  readonly faults: FaultList;
  readonly calls: CallLog;
  readonly now: () => Date;
}

/** Builds the wires of a server around whatever handlers it is given. */
export function createServerWires(parts: ServerParts): ServerWires {
  const { services, blobs, now, signedUrlBase, auth } = parts;
  const faults = new FaultList(parts.random);
  const calls = new CallLog(parts.maxCalls);
  const pipeline = new Pipeline({
    services,
    faults,
    now,
    authenticate: (call) => auth?.authenticate(call),
    beforeAnswer: parts.beforeAnswer,
  });
  const port = new HttpPort({
    gateway: new Gateway(pipeline, routedServices, (request, metadata) => {
      auth?.annotate(request, metadata);
    }),
    pages: (request) => auth?.answer(request) ?? Promise.resolve(undefined),
    blobs: new BlobEndpoint(blobs, faults, now),
    cors: new Cors(parts.cors),
    faults,
    calls,
    now,
  });
  const transport = createInProcessTransport({ pipeline, calls, now, signedUrlBase });
  return { transport, pipeline, port, faults, calls, now };
}

/**
 * Calls an RPC by its names with an encoded message.
 * @returns the encoded answer
 * @throws ConnectError as a call over a wire would
 */
export async function callRaw(
  { pipeline, calls, now }: ServerWires,
  call: {
    readonly service: string;
    readonly rpc: string;
    readonly bytes: Uint8Array;
    readonly signedUrlBase: string;
  },
): Promise<Uint8Array> {
  const headers = new Headers();
  const record = new CallRecord({ wire: "in-process", headers, at: now() });
  record.requestBytes = call.bytes.length;
  calls.add(record);
  const { signal } = new AbortController();
  const answer = await pipeline.run({ ...call, headers, wire: "in-process", signal, record });
  record.responseBytes = answer.bytes.length;
  return answer.bytes;
}
