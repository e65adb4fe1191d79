import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { UploadSource } from "../../data/signed-urls/index.js";
import { fileBody } from "./file-body.js";
import { saveToFile } from "./save-to-file.js";

/**
 * Makes a stream of any length uploadable: writes it into a temporary file, hands that to `use`,
 * and removes it when `use` has ended. A stream can be read only once, and an upload needs its
 * content's length and MD5 beforehand.
 *
 * @param content - a Node stream, a web stream, or any other iterable of bytes
 * @returns what `use` gives
 * @throws what reading the content throws, what `use` throws, and the errors of Node's file system
 */
export async function withSpooledBody<Result>(
  content: AsyncIterable<Uint8Array>,
  use: (body: UploadSource) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "flyte-upload-"));
  try {
    const path = join(folder, "content");
    // Only the owner may read what may be a secret.
    await saveToFile(content, path, { mode: 0o600 });
    return await use(await fileBody(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
