import { abortable } from "../../internal/cancellation/index.js";

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
