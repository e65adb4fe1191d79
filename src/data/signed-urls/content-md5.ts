import { md5 } from "@noble/hashes/legacy.js";

import { partsOf } from "./parts-of.js";
import type { UploadBody } from "./upload-body.js";

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
