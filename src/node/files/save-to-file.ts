import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
} from "../../internal/validation/index.js";

/** Options of saving a file. */
export interface SaveToFileOptions {
  /**
   * The file's permission bits, less those of the process's umask.
   * @defaultValue `0o666`
   */
  readonly mode?: number | undefined;
}

const optionNames: OptionNames<SaveToFileOptions> = { mode: true };

/**
 * Writes content into a file, such as a download of `fetchSignedUrl`, and returns its length in bytes.
 * It is written under a temporary name in the same folder and renamed when it is complete, so
 * that nothing half-written is ever seen under the name: a file that was there stays as it is
 * until then. When the content fails, as it does when its `signal` aborts, the temporary file is
 * removed.
 *
 * @param path - the file; its folder must exist
 * @throws InvalidOptionError when the content is not an iterable of parts, such as a URL; what reading
 *   it throws, and the errors of Node's file system
 */
export async function saveToFile(
  content: AsyncIterable<Uint8Array>,
  path: string,
  options: SaveToFileOptions = {},
): Promise<number> {
  const { mode = 0o666 } = requireKnownOptions(options, optionNames);
  requireParts(content);
  const name = `.${startOf(basename(path))}.${randomBytes(6).toString("hex")}.part`;
  const partial = join(dirname(path), name);
  const file = await open(partial, "wx", mode);
  try {
    let bytes = 0;
    try {
      for await (const part of content) {
        await file.writeFile(part);
        bytes += part.length;
      }
      // A rename may reach the disk before the bytes do.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    return bytes;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The start of a name, cut between two characters: file systems limit names to 255 bytes, not characters. */
function startOf(name: string): string {
  return new TextDecoder().decode(Buffer.from(name).subarray(0, 100), { stream: true });
}

/** A caller without types may give a URL, whose letters would be written. */
function requireParts(content: unknown): void {
  if (typeof content === "object" && content !== null && Symbol.asyncIterator in content) return;
  const expected = "an async iterable of bytes, such as fetchSignedUrl(url)";
  throw invalidOption("content", expected, content);
}
