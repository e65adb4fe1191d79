import { md5 } from "@noble/hashes/legacy.js";

/** What can be uploaded: it can be read more than once, and its length is known. */
export type UploadBody = Uint8Array | Blob;

/**
 * The MD5 of some content, as the 16 bytes that CreateUploadLocation takes. A
 * Blob is read part by part, so a file need not fit in memory.
 */
export async function contentMd5(
  content: UploadBody | AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const hash = md5.create();
  if (content instanceof Uint8Array) return hash.update(content).digest();
  for await (const part of content instanceof Blob ? partsOf(content) : content) hash.update(part);
  return hash.digest();
}

/** Not every runtime can iterate over a stream. */
async function* partsOf(blob: Blob): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = blob.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
