import { createHash } from "node:crypto";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { partsOf, streamOf, type UploadSource } from "../../data/signed-urls/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import { saveToFile } from "./save-to-file.js";

const partBytes = 256 * 1024;

/**
 * A file to upload: the `body` of `admin.dataProxy.upload`. It is read part by part, once for its
 * MD5 and once for each try, so it need not fit in memory; it must not change meanwhile.
 *
 * @throws InvalidOptionError where the path is not that of a file; the errors of Node's file
 *   system where there is nothing
 */
export async function fileBody(path: string): Promise<UploadSource> {
  const facts = await stat(path);
  if (!facts.isFile()) {
    throw new InvalidOptionError(`path is ${JSON.stringify(path)}: not a file`, { option: "path" });
  }
  const parts = (): AsyncGenerator<Uint8Array, void, undefined> => readParts(path, facts.size);
  return { size: facts.size, open: () => streamOf(parts), md5: (signal) => md5Of(parts(), signal) };
}

/** Many times faster than what runs everywhere. */
async function md5Of(parts: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const hash = createHash("md5");
  for await (const part of partsOf(parts, signal)) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** Bytes appended meanwhile would exceed the announced length. */
async function* readParts(path: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path);
  try {
    for (let position = 0; position < size;) {
      const length = Math.min(partBytes, size - position);
      const buffer = new Uint8Array(length);
      const { bytesRead } = await file.read({ buffer, length, position });
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * Makes a stream of any length uploadable: writes it into a temporary file, hands that to `use`,
 * and removes it when `use` has ended. A stream can be read only once, and an upload needs its
 * content's length and MD5 beforehand.
 *
 * @param content - a Node stream, a web stream, or any other iterable of bytes
 * @returns the result of `use`
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
