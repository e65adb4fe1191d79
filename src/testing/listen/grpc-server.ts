import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";

import { Code, ConnectError } from "@connectrpc/connect";

import { type CallLog, CallRecord } from "../calls/index.js";
import { FaultedAnswer, proxyPage, spoil } from "../faults/index.js";
import { parseGrpcTimeout } from "../gateway/index.js";
import type { Pipeline } from "../pipeline/index.js";
import { framePrefixBytes, readFrame, writeFrame } from "./grpc-frame.js";
import {
  readBody,
  sendMessage,
  sendPage,
  sendTrailersOnly,
  statusFields,
  toHeaders,
} from "./grpc-stream.js";
import { answerHealth, healthService } from "./health.js";

/** The parts that the gRPC port needs. */
export interface GrpcServerParts {
  readonly pipeline: Pipeline;
  readonly calls: CallLog;
  readonly now: () => Date;
  /** Where signed URLs of answers point. */
  readonly signedUrlBase: () => string;
}

/** A gRPC server over cleartext HTTP/2, and a way to end its sessions. */
export interface GrpcServer {
  readonly server: Http2Server;
  /** Breaks all connections. */
  destroySessions(): void;
}

/** Makes the gRPC port, not yet listening. All RPCs are unary. */
export function createGrpcServer(parts: GrpcServerParts): GrpcServer {
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new SocketsByPort();
  const server = createServer();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
  });
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    // A broken connection is the caller's affair.
    session.on("error", () => undefined);
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    void answer(parts, stream, headers, () => {
      sockets.reset(stream.session?.socket.remotePort);
    });
  });
  return {
    server,
    destroySessions: () => {
      for (const session of sessions) session.destroy();
    },
  };
}

async function answer(
  parts: GrpcServerParts,
  stream: ServerHttp2Stream,
  incoming: IncomingHttpHeaders,
  reset: () => void,
): Promise<void> {
  const headers = toHeaders(incoming);
  const refusal = refuse(incoming);
  if (refusal !== undefined) {
    sendTrailersOnly(stream, refusal.status, statusFields(refusal.error));
    return;
  }
  const record = new CallRecord({ wire: "grpc", headers, at: parts.now() });
  parts.calls.add(record);
  const controller = new AbortController();
  let isAnswered = false;
  stream.on("close", () => {
    // Making an abort's reason takes as long as a small call, and nobody waits for this one.
    if (!isAnswered) controller.abort();
  });
  try {
    const body = await readBody(stream);
    const message = await readFrame(body, headers.get("grpc-encoding"));
    record.requestBytes = message.length;
    const isCompressed = body[0] === 1;
    const { service, rpc } = pathParts(incoming[":path"] ?? "");
    if (service === healthService) {
      const bytes = answerHealth(rpc, message);
      sendMessage(stream, await writeFrame(bytes, isCompressed), isCompressed);
      return;
    }
    const reply = await parts.pipeline.run({
      service,
      rpc,
      bytes: message,
      headers,
      wire: "grpc",
      signal: controller.signal,
      timeoutMs: parseGrpcTimeout(headers.get("grpc-timeout") ?? ""),
      signedUrlBase: parts.signedUrlBase(),
      record,
    });
    isAnswered = true;
    const bytes = reply.fault === "corrupt" ? spoil(reply.bytes, "corrupt") : reply.bytes;
    const frame = await writeFrame(bytes, isCompressed);
    record.responseBytes = bytes.length;
    record.status = 200;
    sendMessage(stream, cut(frame, reply.fault), isCompressed);
  } catch (reason) {
    if (!(reason instanceof FaultedAnswer)) {
      record.status = 200;
      sendTrailersOnly(stream, 200, statusFields(ConnectError.from(reason)));
    } else if (reason.fault === "reset") {
      reset();
    } else {
      record.status = reason.status;
      sendPage(stream, reason.status, proxyPage(reason.status));
    }
  }
}

/** Connections by their far port: a session does not let its socket be broken. */
class SocketsByPort {
  readonly #sockets = new Map<number | undefined, Socket>();

  add(socket: Socket): void {
    const port = socket.remotePort;
    this.#sockets.set(port, socket);
    socket.on("close", () => {
      this.#sockets.delete(port);
    });
  }

  reset(port: number | undefined): void {
    this.#sockets.get(port)?.resetAndDestroy();
  }
}

/** A frame of which a fault has taken the end, or all. */
function cut(frame: Uint8Array, fault: string | undefined): Uint8Array {
  if (fault === "empty") return frame.subarray(0, 0);
  if (fault !== "truncated") return frame;
  const length = frame.length - framePrefixBytes;
  return frame.subarray(0, length === 0 ? 2 : framePrefixBytes + (length >> 1));
}

interface Refusal {
  readonly status: number;
  readonly error: ConnectError;
}

/** Returns the refusal of a request that Go's server refuses before it reads the path. */
function refuse(incoming: IncomingHttpHeaders): Refusal | undefined {
  const method = incoming[":method"] ?? "";
  const contentType = incoming["content-type"] ?? "";
  if (!/^application\/grpc($|[+;])/i.test(contentType)) {
    const text = `invalid gRPC request content-type ${JSON.stringify(contentType)}`;
    return { status: 415, error: new ConnectError(text, Code.InvalidArgument) };
  }
  if (method !== "POST") {
    const text = `Received a HEADERS frame with :method ${JSON.stringify(method)} which should be POST`;
    return { status: 405, error: new ConnectError(text, Code.Internal) };
  }
  const timeout = incoming["grpc-timeout"];
  if (typeof timeout === "string" && parseGrpcTimeout(timeout) === undefined) {
    const text = `malformed grpc-timeout: ${timeout}`;
    return { status: 400, error: new ConnectError(text, Code.Internal) };
  }
  return undefined;
}

function pathParts(path: string): { readonly service: string; readonly rpc: string } {
  const at = path.lastIndexOf("/");
  if (at < 1) {
    throw new ConnectError(`malformed method name: ${JSON.stringify(path)}`, Code.Unimplemented);
  }
  return { service: path.slice(1, at), rpc: path.slice(at + 1) };
}
