import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import { Code, ConnectError } from "@connectrpc/connect";

import { checkSize, maxMessageBytes } from "../pipeline/index.js";

const gunzipAsync = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(gunzip);
const gzipAsync = promisify<Uint8Array, Uint8Array>(gzip);

/** The bytes before a message: a flag and a length. */
export const framePrefixBytes = 5;

/**
 * Takes the one message out of the body of a unary call.
 * @param encoding the request's `grpc-encoding`
 * @throws ConnectError with the texts of Go's gRPC library
 */
export async function readFrame(body: Uint8Array, encoding: string | null): Promise<Uint8Array> {
  if (body.length < framePrefixBytes) {
    throw new ConnectError("unexpected EOF", Code.Internal);
  }
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const isCompressed = view.getUint8(0) === 1;
  const length = view.getUint32(1);
  checkSize(length);
  const end = framePrefixBytes + length;
  if (body.length < end) throw new ConnectError("unexpected EOF", Code.Internal);
  const message = body.subarray(framePrefixBytes, end);
  return isCompressed ? await decompress(message, encoding) : message;
}

/** Puts a message into a frame, compressed where the request was. */
export async function writeFrame(message: Uint8Array, isCompressed: boolean): Promise<Uint8Array> {
  const content = isCompressed ? await gzipAsync(message) : message;
  const frame = new Uint8Array(framePrefixBytes + content.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, isCompressed ? 1 : 0);
  view.setUint32(1, content.length);
  frame.set(content, framePrefixBytes);
  return frame;
}

/** The length that a body's first frame announces, once its prefix is there. */
export function announcedLength(body: Uint8Array): number | undefined {
  if (body.length < framePrefixBytes) return undefined;
  return new DataView(body.buffer, body.byteOffset, body.length).getUint32(1);
}

async function decompress(message: Uint8Array, encoding: string | null): Promise<Uint8Array> {
  if (encoding !== "gzip") {
    throw new ConnectError(
      `grpc: Decompressor is not installed for grpc-encoding ${JSON.stringify(encoding ?? "")}`,
      Code.Unimplemented,
    );
  }
  try {
    return await gunzipAsync(message, { maxOutputLength: maxMessageBytes });
  } catch (reason) {
    if (reason instanceof RangeError) {
      throw new ConnectError(
        `grpc: received message after decompression larger than max ${maxMessageBytes}`,
        Code.ResourceExhausted,
      );
    }
    throw new ConnectError("grpc: failed to decompress the received message", Code.Internal);
  }
}
