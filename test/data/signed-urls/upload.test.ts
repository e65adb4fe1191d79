import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";

import { afterEach, describe, expect, test, jest } from "@jest/globals";
import fc from "fast-check";

import { CanceledError, FlyteError } from "../../../src/errors/index.js";
import { createNodeFetch, type NodeFetch } from "../../../src/node.js";
import { contentMd5, uploadToSignedUrl } from "../../../src/data/signed-urls/index.js";
import { caFile, openTlsFront } from "../../support/tls-front.js";
import { type LoopbackStorage, startStorage, storageXml } from "./loopback-storage.js";

const started: LoopbackStorage[] = [];
const fronts: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(fronts.splice(0).map((front) => front.close()));
  await Promise.all(started.splice(0).map((storage) => storage.close()));
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A storage that answers with the statuses, one request after the other, and keeps the bodies. */
async function storage(...statuses: number[]): Promise<LoopbackStorage & { bodies: Buffer[] }> {
  const bodies: Buffer[] = [];
  const server = await startStorage((request, response, count) => {
    const answered = bodyOf(request).then((body) => {
      bodies.push(body);
      const status = statuses[count - 1] ?? 200;
      const expired = storageXml("AccessDenied", "<Message>Request has expired</Message>");
      response.writeHead(status).end(status === 403 ? expired : "");
    });
    // A body that ends early has no answer.
    answered.catch(() => undefined);
  });
  started.push(server);
  return { ...server, bodies };
}

const bytes = new TextEncoder().encode("hello");
const headers = {
  "Content-Length": "24",
  "Content-MD5": "XUFAKrxLKna5cZ2REBfFkg==",
  "x-amz-meta-flyteContentMD5": "XUFAKrxLKna5cZ2REBfFkg==",
  Host: "elsewhere.example",
  Cookie: "session=1",
  "Proxy-Authorization": "Basic eA==",
  Empty: "",
};
const retryDelayMs = (): number => 0;

describe("an upload", () => {
  test.each([200, 201])(
    "sends the headers asked for, with the true length (%i)",
    async (status) => {
      const server = await storage(status);
      const progress: unknown[] = [];
      await uploadToSignedUrl({ signedUrl: `${server.base}/b/k?sig`, headers }, bytes, {
        onProgress: (at) => progress.push(at),
      });
      const seen = server.seen[0];
      expect(seen).toMatchObject({ method: "PUT", url: "/b/k?sig" });
      expect(seen?.headers).toMatchObject({
        "content-length": "5",
        "content-md5": headers["Content-MD5"],
        "x-amz-meta-flytecontentmd5": headers["Content-MD5"],
        host: new URL(server.base).host,
      });
      for (const name of ["empty", "cookie", "proxy-authorization"]) {
        expect(seen?.headers).not.toHaveProperty(name);
      }
      expect(server.bodies[0]?.toString()).toBe("hello");
      expect(progress).toEqual([
        { done: 0, total: 5 },
        { done: 5, total: 5 },
      ]);
    },
  );

  test("takes a Blob, and an empty body", async () => {
    const server = await storage();
    await uploadToSignedUrl({ signedUrl: `${server.base}/b/k`, headers: {} }, new Blob([bytes]));
    await uploadToSignedUrl({ signedUrl: `${server.base}/b/k`, headers: {} }, new Uint8Array());
    expect(server.bodies.map(String)).toEqual(["hello", ""]);
    expect(server.seen.map((request) => request.headers["content-length"])).toEqual(["5", "0"]);
  });

  describe.each(["the global fetch", "a fetch with TLS options"])("of a source, by %s", (which) => {
    const parts = Array.from({ length: 8 }, (_, at) => new Uint8Array(50_000).fill(at));
    const whole = Buffer.concat(parts);
    const open = (): ReadableStream<Uint8Array> => {
      const left = [...parts];
      return new ReadableStream({
        pull: (controller) => {
          const part = left.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(part);
        },
      });
    };

    /** The address to ask, and the fetch to ask by. */
    async function road(base: string): Promise<{ base: string; fetch: NodeFetch }> {
      if (which === "the global fetch") return { base, fetch: createNodeFetch({}) };
      const front = await openTlsFront(base, ["http/1.1"]);
      fronts.push(front);
      const ca = await readFile(caFile);
      return { base: `https://localhost:${front.port}`, fetch: createNodeFetch({ tls: { ca } }) };
    }

    test("states its length, and reports its progress as it is sent", async () => {
      const server = await storage();
      const { base, fetch } = await road(server.base);
      const sent: number[] = [];
      const options = { fetch, onProgress: ({ done: at }: { done: number }) => sent.push(at) };
      const place = { signedUrl: `${base}/b/k`, headers };
      await uploadToSignedUrl(place, { size: whole.length, open }, options);
      expect(server.seen[0]?.headers).toMatchObject({ "content-length": "400000" });
      expect(server.seen[0]?.headers).not.toHaveProperty("transfer-encoding");
      expect(server.bodies[0]?.equals(whole)).toBe(true);
      expect(sent).toEqual([0, ...parts.map((_, at) => (at + 1) * 50_000), whole.length]);
    });

    test("reads it again from its start after a 503", async () => {
      const server = await storage(503);
      const { base, fetch } = await road(server.base);
      const place = { signedUrl: `${base}/b/k`, headers: {} };
      await uploadToSignedUrl(place, { size: whole.length, open }, { fetch, retryDelayMs });
      expect(server.bodies.map((body) => body.equals(whole))).toEqual([true, true]);
    });

    test("fails when it is not as long as it says", async () => {
      const server = await storage();
      const { base, fetch } = await road(server.base);
      const place = { signedUrl: `${base}/b/k`, headers: {} };
      for (const size of [whole.length - 1, whole.length + 1]) {
        const work = uploadToSignedUrl(
          place,
          { size, open },
          { fetch, maxRetries: 0, timeoutMs: 2000 },
        );
        await expect(work).rejects.toBeInstanceOf(FlyteError);
      }
    });
  });

  test("is made again from its start after a 503", async () => {
    const server = await storage(503, 503, 200);
    const target = { signedUrl: `${server.base}/b/k`, headers };
    await uploadToSignedUrl(target, bytes, { retryDelayMs });
    expect(server.bodies.map(String)).toEqual(["hello", "hello", "hello"]);
    const dead = await storage(503, 503, 503);
    const work = uploadToSignedUrl({ signedUrl: `${dead.base}/b/k?5ec4e7`, headers }, bytes, {
      retryDelayMs,
      maxRetries: 1,
    });
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: "unavailable", status: 503 });
    expect(String(error)).not.toContain("5ec4e7");
    expect(dead.seen).toHaveLength(2);
  });

  test("to an expired URL goes to a new one, once", async () => {
    const server = await storage(403, 200, 403, 403);
    const target = { signedUrl: `${server.base}/b/old`, headers };
    const resign = () => Promise.resolve({ signedUrl: `${server.base}/b/new`, headers });
    await uploadToSignedUrl(target, bytes, { resign });
    expect(server.seen.map(({ url }) => url)).toEqual(["/b/old", "/b/new"]);
    await expect(uploadToSignedUrl(target, bytes, { resign })).rejects.toMatchObject({
      reason: "expired",
    });
  });

  test.each([
    [307, "redirected"],
    [400, "rejected"],
    [412, "changed"],
  ])("that is answered with %i fails as %s, and is not tried again", async (status, reason) => {
    const server = await storage(status);
    const target = { signedUrl: `${server.base}/b/k`, headers };
    await expect(uploadToSignedUrl(target, bytes)).rejects.toMatchObject({ reason, status });
    expect(server.seen).toHaveLength(1);
  });

  test("ends when the caller's signal aborts", async () => {
    const server = await startStorage(() => undefined);
    started.push(server);
    const controller = new AbortController();
    const target = { signedUrl: `${server.base}/b/k`, headers };
    const work = uploadToSignedUrl(target, bytes, { signal: controller.signal });
    controller.abort();
    await expect(work).rejects.toBeInstanceOf(CanceledError);
  });

  test("ends after 60 s and 4 s for each MiB where the caller sets no limit", async () => {
    jest.useFakeTimers();
    try {
      const target = { signedUrl: "https://storage.test/b/k", headers };
      const fetch = (): Promise<Response> => new Promise(() => undefined);
      const work = uploadToSignedUrl(target, bytes, { fetch });
      const ended = expect(work).rejects.toMatchObject({
        code: "DEADLINE_EXCEEDED",
        message: "The upload took longer than timeoutMs (64000).",
      });
      await jest.advanceTimersByTimeAsync(64_000);
      await ended;
    } finally {
      jest.useRealTimers();
    }
  });

  test("needs a URL", async () => {
    const work = uploadToSignedUrl({ signedUrl: "s3://b/k", headers }, bytes);
    await expect(work).rejects.toMatchObject({ reason: "unsigned" });
  });
});

describe("the MD5 of content", () => {
  test("is that of the same bytes, whole, in a Blob or in a stream", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array()), async (parts) => {
        const whole = Buffer.concat(parts);
        const md5 = new Uint8Array(createHash("md5").update(whole).digest());
        const open = (): ReadableStream<Uint8Array> =>
          new ReadableStream({
            start: (controller) => {
              for (const part of parts) controller.enqueue(part);
              controller.close();
            },
          });
        const { signal } = new AbortController();
        expect(await contentMd5(new Uint8Array(whole), signal)).toEqual(md5);
        expect(await contentMd5(new Blob([whole]), signal)).toEqual(md5);
        expect(await contentMd5({ size: whole.length, open }, signal)).toEqual(md5);
      }),
    );
  });
});
