import { InvalidOptionError, ResourceExhaustedError } from "../../errors/index.js";
import { requireObject } from "../../internal/validation/index.js";
import { partsOf, type UploadBody } from "../signed-urls/index.js";

/** Content that can be read only once. */
export type OnceReadable = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Makes content that can be read only once into content that can be read again:
 * its MD5 must be known before it is sent, and a broken upload restarts.
 *
 * @throws InvalidOptionError where it is no content; ResourceExhaustedError above `maxBytes`
 */
export async function collectBody(
  content: UploadBody | OnceReadable,
  maxBytes: number,
  signal: AbortSignal,
): Promise<UploadBody> {
  requireObject(content, "body", bodies);
  if (!isOnceReadable(content)) return checkBody(content);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const part of partsOf(content, signal)) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    parts.push(new Uint8Array(part));
  }
  return new Blob(parts);
}

const bodies = "a Uint8Array, a Blob, a stream, or a file (fileBody of flyte-admin-client/node)";

function isOnceReadable(content: UploadBody | OnceReadable): content is OnceReadable {
  return "getReader" in content || Symbol.asyncIterator in content;
}

/** Callers without types may give anything. */
function checkBody(content: UploadBody): UploadBody {
  const readable = content instanceof Uint8Array || content instanceof Blob || "open" in content;
  if (readable) return content;
  throw new InvalidOptionError(`body must be ${bodies}`, { option: "body" });
}

function tooLarge(maxBytes: number): Error {
  return new ResourceExhaustedError(
    `The stream to upload has more than maxBufferBytes (${maxBytes}). A stream is kept in memory until it has ended: ` +
      "raise maxBufferBytes, or give a Blob or, in Node, a file.",
  );
}
