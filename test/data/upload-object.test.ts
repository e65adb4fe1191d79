import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import {
  AdminClient,
  AlreadyExistsError,
  CanceledError,
  DeadlineExceededError,
  fetchSignedUrl,
  InvalidIdentifierError,
  InvalidOptionError,
  ResourceExhaustedError,
  type UploadInput,
  type Progress,
} from "../../src/index.js";
import { fileBody, saveToFile, withSpooledBody } from "../../src/node.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

const content = new Uint8Array(randomBytes(700_000));
const md5 = new Uint8Array(createHash("md5").update(content).digest());
const defaults = { project: "flytesnacks", domain: "development" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let folder: string;
let close: () => Promise<void>;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const server = await flyte.listen();
  close = () => server.close();
  admin = new AdminClient({ baseUrl: server.httpUrl, defaults });
  folder = await mkdtemp(join(tmpdir(), "upload-test-"));
});

afterEach(async () => {
  await close();
  await rm(folder, { recursive: true });
});

async function stored(nativeUri: string): Promise<Uint8Array> {
  const { signedUrl } = await admin.dataProxy.createDownloadLocation(nativeUri);
  return fetchSignedUrl(signedUrl).bytes();
}

function webStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream();
}

async function* parts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) {
    yield await Promise.resolve(bytes.subarray(at, at + 100_000));
  }
}

describe("an upload", () => {
  const bodies: Readonly<Record<string, () => UploadInput["body"]>> = {
    bytes: () => content,
    "a Blob": () => new Blob([content]),
    "a web stream": () => webStream(content),
    "an iterable": () => parts(content),
    "a Node stream": () => Readable.from(parts(content)),
  };

  test.each(Object.entries(bodies))("of %s arrives whole, with its MD5", async (_, body) => {
    const done = await admin.dataProxy.upload({ filename: "a.bin", body: body() });
    expect(done.nativeUri).toMatch(/^s3:\/\/.+\/a\.bin$/);
    expect(done).toMatchObject({ bytes: content.length, contentMd5: md5 });
    expect(Buffer.compare(await stored(done.nativeUri), content)).toBe(0);
  });

  test("of a file arrives whole, and reports its progress while it is sent", async () => {
    const path = join(folder, "content");
    await writeFile(path, content);
    const seen: Progress[] = [];
    const done = await admin.dataProxy.upload(
      { filenameRoot: "models/7", filename: "a.bin", body: await fileBody(path) },
      { onProgress: (at) => seen.push(at) },
    );
    expect(done.nativeUri).toMatch(/\/flytesnacks\/development\/models\/7\/a\.bin$/);
    expect(Buffer.compare(await stored(done.nativeUri), content)).toBe(0);
    expect(seen[0]).toEqual({ done: 0, total: content.length });
    expect(seen.at(-1)).toEqual({ done: content.length, total: content.length });
    expect(new Set(seen.map(({ done }) => done)).size).toBeGreaterThan(2);
  });

  test("of an empty file is an empty object", async () => {
    const path = join(folder, "empty");
    await writeFile(path, "");
    const done = await admin.dataProxy.upload({ filename: "e", body: await fileBody(path) });
    expect(await stored(done.nativeUri)).toHaveLength(0);
  });

  test("of a file is made again from its start when the storage refuses it at first", async () => {
    const path = join(folder, "content");
    await writeFile(path, content);
    const place = { filenameRoot: "again", filename: "a.bin" };
    const { nativeUrl } = await admin.dataProxy.createUploadLocation(place);
    flyte.faults.add({ blob: nativeUrl, times: 2, status: 503 });
    const options = { retryDelayMs: () => 0 };
    const done = await admin.dataProxy.upload({ ...place, body: await fileBody(path) }, options);
    expect(Buffer.compare(await stored(done.nativeUri), content)).toBe(0);
  });

  test("of a stream of any length goes through a file, which is removed afterwards", async () => {
    const stream = Readable.from(parts(content));
    let place = "";
    const done = await withSpooledBody(stream, async (body) => {
      place = (await readdir(tmpdir())).find((name) => name.startsWith("flyte-upload-")) ?? "";
      return admin.dataProxy.upload({ filename: "a.bin", body });
    });
    expect(Buffer.compare(await stored(done.nativeUri), content)).toBe(0);
    expect(place).not.toBe("");
    expect(await readdir(tmpdir())).not.toContain(place);
  });

  test("of a stream is bounded in memory", async () => {
    const work = admin.dataProxy.upload(
      { filename: "a", body: webStream(content) },
      { maxBufferBytes: content.length - 1 },
    );
    await expect(work).rejects.toBeInstanceOf(ResourceExhaustedError);
    expect(flyte.calls.filter(({ rpc }) => rpc === "CreateUploadLocation")).toHaveLength(0);
  });

  test("to a name that other content has is refused, and of the same content is not", async () => {
    const place = { filenameRoot: "r", filename: "f" };
    await admin.dataProxy.upload({ ...place, body: content });
    const other = admin.dataProxy.upload({ ...place, body: new Uint8Array([1]) });
    await expect(other).rejects.toBeInstanceOf(AlreadyExistsError);
    await expect(admin.dataProxy.upload({ ...place, body: content })).resolves.toMatchObject({
      bytes: content.length,
    });
  });

  test("with another MD5 than the content's is refused by the storage", async () => {
    const work = admin.dataProxy.upload({ contentMd5: new Uint8Array(16), body: content });
    await expect(work).rejects.toMatchObject({ name: "SignedUrlError", status: 400 });
  });

  test("ends with its signal, also where the stream stalls", async () => {
    const controller = new AbortController();
    let cancelled = false;
    const stalled = new ReadableStream<Uint8Array>({
      start: (stream) => {
        stream.enqueue(content);
      },
      pull: () => {
        controller.abort();
        return new Promise(() => undefined);
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const work = admin.dataProxy.upload({ body: stalled }, { signal: controller.signal });
    await expect(work).rejects.toBeInstanceOf(CanceledError);
    expect(cancelled).toBe(true);
  });

  test("ends with timeoutMs, reading included", async () => {
    const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    const work = admin.dataProxy.upload({ body: stalled }, { timeoutMs: 20 });
    await expect(work).rejects.toBeInstanceOf(DeadlineExceededError);
  });

  test("passes on what its stream fails with", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: () => Promise.reject(new Error("the disk is gone")),
    });
    await expect(admin.dataProxy.upload({ body: broken })).rejects.toThrow("the disk is gone");
  });
});

describe("a name that the server would take for another", () => {
  test.each([
    ["filename", "a?b"],
    ["filename", "a#b"],
    ["filename", "100%"],
    ["filename", "a%zz"],
    ["filename", "%ff"],
    ["filename", "../a"],
    ["filename", "a/../../b"],
    ["filename", "%2e%2e/b"],
    ["filename", "a/./b"],
    ["filename", "/a"],
    ["filename", "a/"],
    ["filename", "a//b"],
    ["filename", "%2Fa"],
    ["filename", "a\nb"],
    ["filename", ""],
    ["filenameRoot", ".."],
    ["filenameRoot", "r?"],
  ] as const)("%s %j is refused before any call", async (option, name) => {
    const work = admin.dataProxy.upload({ [option]: name, body: content });
    await expect(work).rejects.toMatchObject({ name: "InvalidOptionError", option });
    const asked = admin.dataProxy.createUploadLocation({ contentMd5: md5, [option]: name });
    await expect(asked).rejects.toBeInstanceOf(InvalidOptionError);
    expect(flyte.calls).toHaveLength(0);
  });

  test.each(["a b.txt", "ü.txt", "a/b.zip", "50%25.txt", "a:b", "...", "a+b&c=d"])(
    "%j is none, and what is uploaded is found at its URI",
    async (filename) => {
      const { nativeUri } = await admin.dataProxy.upload({ filename, body: content });
      expect(Buffer.compare(await stored(nativeUri), content)).toBe(0);
    },
  );
});

describe("what is wrong with an upload", () => {
  test("is said before any call", async () => {
    const nowhere = new AdminClient({ baseUrl: "http://127.0.0.1:1" });
    await expect(nowhere.dataProxy.upload({ body: content })).rejects.toBeInstanceOf(
      InvalidIdentifierError,
    );
    const short = admin.dataProxy.upload({ body: content, contentMd5: new Uint8Array(3) });
    await expect(short).rejects.toMatchObject({ option: "contentMd5" });
    const dead = admin.dataProxy.upload({ body: content, expiresInSeconds: 0 });
    await expect(dead).rejects.toMatchObject({ option: "expiresInSeconds" });
    const none = admin.dataProxy.upload({ body: {} as unknown as Blob });
    await expect(none).rejects.toMatchObject({ option: "body" });
    await expect(fileBody(folder)).rejects.toMatchObject({ option: "path" });
    await expect(fileBody(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
    expect(flyte.calls).toHaveLength(0);
  });
});

describe("saving into a file", () => {
  const uri = "s3://my-s3-bucket/data/big";
  const path = (): string => join(folder, "saved");

  async function signed(): Promise<string> {
    flyte.putBlob(uri, content);
    return (await admin.dataProxy.createDownloadLocation(uri)).signedUrl;
  }

  test("writes the whole object, and replaces a file that was there", async () => {
    await writeFile(path(), "before");
    expect(await saveToFile(fetchSignedUrl(await signed()), path())).toBe(content.length);
    expect(Buffer.compare(await readFile(path()), content)).toBe(0);
    expect(await readdir(folder)).toEqual(["saved"]);
  });

  test.each(["é".repeat(120), "日".repeat(85), "n".repeat(255)])(
    "writes a file whose name has up to 255 bytes (%#)",
    async (name) => {
      await saveToFile(parts(content), join(folder, name));
      expect(await readdir(folder)).toEqual([name]);
    },
  );

  test("refuses a URL in place of what is behind it", async () => {
    // A caller without types may give anything.
    const url: unknown = "https://storage.test/bucket/key";
    await expect(saveToFile(url as AsyncIterable<Uint8Array>, path())).rejects.toMatchObject({
      option: "content",
      message: expect.stringContaining("fetchSignedUrl(url)"),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test("leaves nothing behind when the download fails, and the file that was there as it was", async () => {
    await writeFile(path(), "before");
    const download = fetchSignedUrl(await signed(), { md5: new Uint8Array(16) });
    await expect(saveToFile(download, path())).rejects.toMatchObject({ reason: "corrupt" });
    expect(await readFile(path(), "utf8")).toBe("before");
    expect(await readdir(folder)).toEqual(["saved"]);
  });

  test("leaves nothing behind when it is aborted halfway", async () => {
    const controller = new AbortController();
    const download = fetchSignedUrl(await signed(), {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    await expect(saveToFile(download, path())).rejects.toBeInstanceOf(CanceledError);
    expect(await readdir(folder)).toEqual([]);
  });

  test("into a folder that is not there fails before the download", async () => {
    const url = await signed();
    const before = flyte.calls.length;
    const work = saveToFile(fetchSignedUrl(url), join(folder, "none", "saved"));
    await expect(work).rejects.toMatchObject({ code: "ENOENT" });
    expect(flyte.calls).toHaveLength(before);
  });
});
