import { errorText, ResourceExhaustedError } from "../errors/index.js";
import { invalidOption } from "../internal/validation/index.js";

/** The part of a response's body that was read. */
export interface Body {
  readonly bytes: Uint8Array;
  /** Whether the body is longer than what was read. */
  readonly cut: boolean;
}

/**
 * Reads a response's body up to a number of bytes. A longer one is dropped as soon
 * as that shows, so that no server can fill the memory.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  const reader = response.body?.getReader();
  if (reader === undefined) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { bytes: bytes.subarray(0, maxBytes), cut: bytes.length > maxBytes };
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await reader.read();
    if (chunk.done) return { bytes: concat(chunks, length), cut: false };
    chunks.push(chunk.value);
    length += chunk.value.length;
    if (length > maxBytes) {
      // The connection is closed by this; how that went does not matter here.
      reader.cancel().catch(() => undefined);
      return { bytes: concat(chunks, length).subarray(0, maxBytes), cut: true };
    }
  }
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/**
 * A response whose body breaks with an error as soon as it is longer than
 * `maxBytes`, so that no server can fill the memory.
 */
export function boundBody(response: Response, maxBytes: number, tooLong: () => Error): Response {
  if (response.body === null) return response;
  let length = 0;
  const bounded = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > maxBytes) controller.error(tooLong());
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bounded), { status, statusText, headers });
}

/** The longest answer that is read where no other limit is given: 64 MiB. */
const defaultReadMaxBytes = 67_108_864;

/**
 * Checks the `readMaxBytes` option.
 *
 * @throws InvalidOptionError for anything but a positive number.
 */
export function readMaxBytesOf(given: number | undefined): number {
  const readMaxBytes = given ?? defaultReadMaxBytes;
  if (readMaxBytes > 0) return readMaxBytes;
  throw invalidOption("readMaxBytes", "a positive number of bytes", readMaxBytes);
}

/** The error for an answer of more than `readMaxBytes`. */
export function answerTooLarge(rpc: string, readMaxBytes: number): ResourceExhaustedError {
  const words = `the answer is larger than max (readMaxBytes is ${readMaxBytes})`;
  return new ResourceExhaustedError(errorText(rpc, "RESOURCE_EXHAUSTED", words), {
    rpc,
    attempts: 1,
  });
}
