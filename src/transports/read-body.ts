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
