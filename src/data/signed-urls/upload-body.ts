import { md5 } from "@noble/hashes/legacy.js";

import { abortable } from "../../internal/cancellation/index.js";

/**
 * Content that can be read as often as needed and whose length is known, such
 * as a file. It is sent as a stream with its length stated, which only the
 * `fetch` of Node can do: elsewhere, give a Blob.
 */
export interface UploadSource {
  /** In bytes. */
  readonly size: number;
  /** Reads the content from its start. */
  open(): ReadableStream<Uint8Array>;
  /**
   * The MD5 of the content, 16 bytes, where its maker has a faster way to it.
   * @defaultValue computed from the stream of `open`
   */
  md5?(signal: AbortSignal): Promise<Uint8Array>;
}

/** Content that can be uploaded: it can be read more than once, and its length is known. */
export type UploadBody = Uint8Array | Blob | UploadSource;

/** The length of some content, in bytes. */
export function sizeOf(body: UploadBody): number {
  return body instanceof Uint8Array ? body.length : body.size;
}

/** Counts the bytes of a stream as they are taken. */
export function counted(
  content: ReadableStream<Uint8Array>,
  onBytes: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  let bytes = 0;
  return content.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        bytes += part.length;
        onBytes(bytes);
        controller.enqueue(part);
      },
    }),
  );
}

/**
 * The MD5 of some content, as the 16 bytes that CreateUploadLocation takes. A
 * Blob or a file is read part by part, so it need not fit in memory.
 *
 * @param signal - ends the reading; its reason is thrown
 */
export async function contentMd5(content: UploadBody, signal: AbortSignal): Promise<Uint8Array> {
  if (!(content instanceof Uint8Array || content instanceof Blob) && content.md5 !== undefined) {
    return content.md5(signal);
  }
  const hash = md5.create();
  if (content instanceof Uint8Array) return hash.update(content).digest();
  const stream = content instanceof Blob ? content.stream() : content.open();
  for await (const part of partsOf(stream, signal)) hash.update(part);
  return hash.digest();
}

/**
 * The parts of content, one by one, until the signal ends it: its reason is
 * thrown then, also where the content stalls. Leaving the loop cancels the
 * content. Not every runtime can iterate over a web stream itself.
 */
export async function* partsOf(
  content: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = "getReader" in content ? readerOf(content) : content[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await abortable(signal, () => source.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Content that stalls would stall its own end, so nobody waits for it.
    Promise.resolve(source.return?.()).catch(() => undefined);
  }
}

function readerOf(stream: ReadableStream<Uint8Array>): AsyncIterator<Uint8Array, undefined> {
  const reader = stream.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    return: async () => {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}
