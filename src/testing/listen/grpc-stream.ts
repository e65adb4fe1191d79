import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";

import type { ConnectError } from "@connectrpc/connect";
import { encodeBinaryHeader } from "@connectrpc/connect";

import { maxMessageBytes, statusBytes, encodeGrpcMessage } from "../pipeline/index.js";
import { announcedLength, framePrefixBytes } from "./grpc-frame.js";

/** The fields that tell how a call ended. */
export function statusFields(error: ConnectError): Record<string, string> {
  const fields: Record<string, string> = {
    "grpc-status": String(error.code),
    "grpc-message": encodeGrpcMessage(error.rawMessage),
  };
  if (error.details.length > 0) {
    fields["grpc-status-details-bin"] = encodeBinaryHeader(statusBytes(error));
  }
  const retryAfter = error.metadata.get("retry-after");
  if (retryAfter !== null) fields["retry-after"] = retryAfter;
  return fields;
}

/** Ends a call without a message: status and headers in one block, as Go's server does. */
export function sendTrailersOnly(
  stream: ServerHttp2Stream,
  status: number,
  fields: Readonly<Record<string, string>>,
): void {
  if (!canAnswer(stream)) return;
  stream.respond(
    { ":status": status, "content-type": "application/grpc", ...fields },
    { endStream: true },
  );
  // What is left of the request is not wanted.
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
}

/** Ends a call with a body, of which a part may be missing, and the fields of success. */
export function sendMessage(
  stream: ServerHttp2Stream,
  body: Uint8Array,
  isCompressed: boolean,
): void {
  if (!canAnswer(stream)) return;
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      ...(isCompressed ? { "grpc-encoding": "gzip" } : {}),
    },
    { waitForTrailers: true },
  );
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": "0", "grpc-message": "" });
  });
  stream.end(body);
}

/** Answers with a page, as a proxy would. */
export function sendPage(stream: ServerHttp2Stream, status: number, page: string): void {
  if (!canAnswer(stream)) return;
  stream.respond({ ":status": status, "content-type": "text/html; charset=utf-8" });
  stream.end(page);
}

/**
 * Reads a request's body, but no further than is needed to see that its message is too large.
 * It resolves also when the caller goes away, with what came.
 */
export function readBody(stream: ServerHttp2Stream): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = (): void => {
      resolve(join(chunks));
    };
    stream.on("data", (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.length;
      // The prefix may come in pieces, but no later than with the fifth byte.
      const start = size < framePrefixBytes * 2 ? join(chunks) : (chunks[0] ?? chunk);
      if ((announcedLength(start) ?? 0) > maxMessageBytes) {
        stream.pause();
        finish();
      }
    });
    stream.on("end", finish);
    stream.on("close", finish);
  });
}

/** The request's headers without the pseudo ones. */
export function toHeaders(incoming: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming)) {
    if (name.startsWith(":") || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  return headers;
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : concat(chunks);
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function canAnswer(stream: ServerHttp2Stream): boolean {
  return !stream.destroyed && !stream.closed && !stream.headersSent;
}
