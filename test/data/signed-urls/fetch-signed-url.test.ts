import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";

import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";

import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import {
  CanceledError,
  DeadlineExceededError,
  FlyteError,
  SignedUrlError,
} from "../../../src/errors/index.js";
import { fetchSignedUrl, type FetchSignedUrlOptions } from "../../../src/data/signed-urls/index.js";
import { type LoopbackStorage, startStorage, storageXml } from "./loopback-storage.js";

const query = "?X-Amz-Signature=5ec4e7&X-Amz-Credential=minio";
const quick = { retryDelayMs: () => 0 };
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const started: LoopbackStorage[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((storage) => storage.close()));
});

async function storage(answer: Parameters<typeof startStorage>[0]): Promise<LoopbackStorage> {
  const server = await startStorage(answer);
  started.push(server);
  return server;
}

async function failure(work: Promise<unknown>): Promise<SignedUrlError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SignedUrlError)) throw new Error(`not of a URL: ${String(error)}`);
  const shown = [inspect(error, { depth: 9 }), JSON.stringify(error), String(error.stack)].join();
  expect(shown).not.toContain("5ec4e7");
  return error;
}

describe("reading", () => {
  test("collects the object, sends nothing but what a GET needs, and reports its progress", async () => {
    const server = await storage((_, response) => response.end("hello"));
    const progress: unknown[] = [];
    const bytes = await fetchSignedUrl(`${server.base}/b/k${query}`, {
      onProgress: (at) => progress.push(at),
    }).bytes();
    expect(text(bytes)).toBe("hello");
    expect(progress.at(-1)).toEqual({ done: 5, total: 5 });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: "GET", url: `/b/k${query}` });
    for (const name of ["cookie", "authorization", "referer", "range"]) {
      expect(server.seen[0]?.headers).not.toHaveProperty(name);
    }
  });

  test("reads nothing before it is asked to, and starts over each time", async () => {
    const server = await storage((_, response, count) => response.end(`read ${count}`));
    const download = fetchSignedUrl(`${server.base}/b/k`);
    expect(server.seen).toHaveLength(0);
    expect(text(await download.bytes())).toBe("read 1");
    expect(text(await download.bytes())).toBe("read 2");
  });

  test("streams part by part, and leaving the loop ends the connection", async () => {
    let closed: Promise<unknown> | undefined;
    const server = await storage((_, response) => {
      closed = new Promise((resolve) => response.on("close", resolve));
      response.write("first");
    });
    for await (const part of fetchSignedUrl(`${server.base}/b/endless`)) {
      expect(text(part)).toBe("first");
      break;
    }
    await closed;
  });

  test("returns a web stream, and cancelling it ends the connection", async () => {
    let closed: Promise<unknown> | undefined;
    const server = await storage((request, response) => {
      if (request.url === "/b/short") return response.end("short");
      closed = new Promise((resolve) => response.on("close", resolve));
      return response.write("first");
    });
    const short = fetchSignedUrl(`${server.base}/b/short`).toReadableStream();
    expect(await new Response(short).text()).toBe("short");
    const reader = fetchSignedUrl(`${server.base}/b/endless`).toReadableStream().getReader();
    expect(text((await reader.read()).value ?? new Uint8Array())).toBe("first");
    await reader.cancel();
    await closed;
  });

  test("takes no more from the storage than is read", async () => {
    let made = 0;
    const endless = (): Response =>
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull: (controller) => {
              made += 1;
              controller.enqueue(new Uint8Array(1000));
            },
          },
          { highWaterMark: 0 },
        ),
      );
    const download = fetchSignedUrl("https://storage.example/b/k", {
      fetch: () => Promise.resolve(endless()),
    });
    const reader = download.toReadableStream().getReader();
    for (let part = 0; part < 5; part++) await reader.read();
    // Time for reading ahead, if there were any.
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    expect(made).toBe(5);
    await reader.cancel();
  });

  test("goes into the streams of Node and of the web, and its bytes into a Blob", async () => {
    const server = await storage((_, response) => response.end("hello"));
    const download = fetchSignedUrl(`${server.base}/b/k`);
    expect(await new Blob([await download.bytes()]).text()).toBe("hello");
    expect(await textOf(Readable.from(download))).toBe("hello");
    expect(await new Response(download.toReadableStream()).text()).toBe("hello");
  });

  test("an empty object is no bytes", async () => {
    const server = await storage((_, response) => response.end());
    expect(await fetchSignedUrl(`${server.base}/b/k`).bytes()).toEqual(new Uint8Array());
  });

  const tag = (text: string) => `"${createHash("md5").update(text).digest("hex")}"`;
  test.each([
    { etag: tag("") },
    { etag: '"v1"' },
    { etag: `${tag("hello").slice(0, -1)}-2"` },
    { etag: tag("hello"), "x-amz-server-side-encryption": "aws:kms" },
    { etag: tag("hello"), "x-amz-server-side-encryption-customer-algorithm": "AES256" },
    { etag: tag("hello"), "x-goog-stored-content-length": "0" },
  ])("no bytes are an object where the storage does not say otherwise (%j)", async (headers) => {
    const server = await storage((_, response) => response.writeHead(200, headers).end());
    expect(await fetchSignedUrl(`${server.base}/b/k`).bytes()).toEqual(new Uint8Array());
  });

  test.each([
    { etag: tag("hello") },
    { etag: tag("hello"), "x-amz-server-side-encryption": "AES256" },
    { "x-goog-stored-content-length": "5" },
  ])("no bytes of an object that has some are asked for again (%j)", async (headers) => {
    let asked = 0;
    const server = await storage((_, response) => {
      asked += 1;
      response.writeHead(200, headers).end(asked === 3 ? "hello" : "");
    });
    const url = `${server.base}/b/k`;
    const retryDelayMs = () => 0;
    expect(text(await fetchSignedUrl(url, { retryDelayMs }).bytes())).toBe("hello");
    asked = 3;
    const error = await failure(fetchSignedUrl(url, { retryDelayMs }).bytes());
    expect(error.reason).toBe("truncated");
  });
});

describe("what is not a signed URL", () => {
  test.each([
    ["", /remoteData\.signedUrls\.enabled/],
    ["s3://bucket/key", /remoteData\.scheme/],
    ["flyte://v1/p/d/e/n/o", /GetData/],
    ["not a url 5ec4e7", /not a URL/],
    ["http://user:5ec4e7@127.0.0.1/b/k", /no user name/],
  ])("%j is refused with the remedy", async (url, remedy) => {
    const error = await failure(fetchSignedUrl(url).bytes());
    expect(error.reason).toBe("unsigned");
    expect(error.message).toMatch(remedy);
  });
});

describe("what the storage refuses", () => {
  test.each([
    [403, storageXml("AccessDenied", "<Message>Request has expired</Message>"), "expired"],
    [403, storageXml("AccessDenied", "<Message>x</Message><Expires>2026</Expires>"), "expired"],
    [400, storageXml("ExpiredToken"), "expired"],
    [
      403,
      storageXml(
        "AuthenticationFailed",
        "<AuthenticationErrorDetail>Signature not valid in the specified time frame</AuthenticationErrorDetail>",
      ),
      "expired",
    ],
    [403, storageXml("AccessDenied", "<Message>Access Denied</Message>"), "denied"],
    [403, storageXml("SignatureDoesNotMatch", "<StringToSign>5ec4e7</StringToSign>"), "denied"],
    [401, "", "denied"],
    [404, storageXml("NoSuchKey"), "missing"],
    [404, storageXml("BlobNotFound"), "missing"],
    [404, "", "missing"],
    [404, storageXml("NoSuchBucket"), "missingBucket"],
    [404, storageXml("ContainerNotFound"), "missingBucket"],
    [400, "<html>", "rejected"],
    [503, storageXml("SlowDown"), "unavailable"],
  ])("%i with %j is %s", async (status, body, reason) => {
    const server = await storage((_, response) => response.writeHead(status).end(body));
    const options = { ...quick, maxRetries: 0 };
    const error = await failure(fetchSignedUrl(`${server.base}/b/k${query}`, options).bytes());
    expect(error).toMatchObject({ reason, status });
    expect(error.message).toContain(`GET ${server.base}/b/k: the storage answered ${status}`);
  });

  test("an error body that never ends does not hold the error back", async () => {
    const server = await storage((_, response) => {
      response.writeHead(404);
      const more = (): void => {
        while (response.write("x".repeat(4096)));
      };
      response.on("drain", more);
      more();
    });
    expect(await failure(fetchSignedUrl(`${server.base}/b/k`).bytes())).toMatchObject({
      reason: "missing",
    });
  });
});

describe("retries", () => {
  test("answers of 503 are tried again, as often as maxRetries says", async () => {
    const server = await storage((_, response, count) =>
      response.writeHead(count < 3 ? 503 : 200).end("there"),
    );
    const url = `${server.base}/b/k`;
    await failure(fetchSignedUrl(url, { ...quick, maxRetries: 1 }).bytes());
    expect(server.seen).toHaveLength(2);
    expect(text(await fetchSignedUrl(url, quick).bytes())).toBe("there");
  });

  test("answers of 403 and 404 are not", async () => {
    const server = await storage((_, response) => response.writeHead(404).end());
    await failure(fetchSignedUrl(`${server.base}/b/k`, quick).bytes());
    expect(server.seen).toHaveLength(1);
  });

  test("a refused connection names its code, and not the query", async () => {
    const server = await startStorage(() => undefined);
    await server.close();
    const error = await failure(
      fetchSignedUrl(`${server.base}/b/k${query}`, { ...quick, maxRetries: 1 }).bytes(),
    );
    expect(error.reason).toBe("unreachable");
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toBeUndefined();
  });

  test("the waits between the tries are those of retryDelayMs", async () => {
    const server = await storage((_, response) => response.writeHead(500).end());
    const asked: number[] = [];
    const retryDelayMs = (retry: number): number => {
      asked.push(retry);
      return 0;
    };
    await failure(fetchSignedUrl(`${server.base}/b/k`, { retryDelayMs, maxRetries: 2 }).bytes());
    expect(asked).toEqual([1, 2]);
  });
});

describe("a broken transfer", () => {
  const object = "0123456789abcdefghij";

  /** Breaks each connection after a few bytes. */
  function flaky(
    sizes: readonly number[],
    headers: (count: number) => Record<string, string>,
  ): Parameters<typeof startStorage>[0] {
    return (request, response, count) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, {
        "content-length": object.length - from,
        ...(from > 0 ? { "content-range": `bytes ${from}-19/20` } : {}),
        ...headers(count),
      });
      const size = sizes[count - 1] ?? object.length;
      if (from + size >= object.length) response.end(object.slice(from));
      else response.write(object.slice(from, from + size), () => response.destroy());
    };
  }

  test("continues from where it ended, insisting on the same version", async () => {
    const server = await storage(flaky([5, 7], () => ({ etag: '"v1"' })));
    const bytes = await fetchSignedUrl(`${server.base}/b/k`, quick).bytes();
    expect(text(bytes)).toBe(object);
    expect(server.seen.map((request) => request.headers.range)).toEqual([
      undefined,
      "bytes=5-",
      "bytes=12-",
    ]);
    expect(server.seen[1]?.headers["if-match"]).toBe('"v1"');
  });

  test("is read again from the start and cut where the storage knows no ranges", async () => {
    const server = await storage((_, response, count) => {
      response.writeHead(200, { "content-length": 20, etag: '"v1"' });
      if (count > 1) response.end(object);
      else response.write(object.slice(0, 8), () => response.destroy());
    });
    expect(text(await fetchSignedUrl(`${server.base}/b/k`, quick).bytes())).toBe(object);
  });

  test("ends when the object has changed meanwhile, by its ETag or by a 412", async () => {
    const other = await storage(flaky([5], (count) => ({ etag: `"v${count}"` })));
    const changed = await failure(fetchSignedUrl(`${other.base}/b/k`, quick).bytes());
    expect(changed.reason).toBe("changed");
    const strict = await storage((request, response) => {
      if (request.headers.range !== undefined) return response.writeHead(412).end();
      response.writeHead(200, { "content-length": 20, etag: '"v1"' });
      return response.write("01234", () => response.destroy());
    });
    const refused = await failure(fetchSignedUrl(`${strict.base}/b/k`, quick).bytes());
    expect(refused).toMatchObject({ reason: "changed", status: 412 });
  });

  test("ends as truncated where versions cannot be distinguished, and after maxRetries", async () => {
    const blind = await storage(flaky([5], () => ({})));
    const first = await failure(fetchSignedUrl(`${blind.base}/b/k`, quick).bytes());
    expect(first.reason).toBe("truncated");
    expect(blind.seen).toHaveLength(1);
    const stubborn = await storage((request, response, count) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, {
        "content-length": 20 - from,
        ...(from > 0 ? { "content-range": `bytes ${from}-19/20` } : {}),
        etag: '"v1"',
      });
      if (count === 1) response.write("01234", () => response.destroy());
      else response.destroy();
    });
    const last = await failure(fetchSignedUrl(`${stubborn.base}/b/k`, quick).bytes());
    expect(["truncated", "unreachable"]).toContain(last.reason);
    expect(stubborn.seen).toHaveLength(4);
  });

  test("counts its retries from zero again when bytes have arrived", async () => {
    const slow = await storage(flaky([1, 1, 1, 1, 1, 1, 1], () => ({ etag: '"v1"' })));
    expect(text(await fetchSignedUrl(`${slow.base}/b/k`, quick).bytes())).toBe(object);
    expect(slow.seen).toHaveLength(8);
  });

  test("is read again from its start where the object is stored with gzip", async () => {
    const packed = gzipSync(randomBytes(40_000).toString("hex"));
    const first: { response?: ServerResponse } = {};
    const server = await storage((request, response, count) => {
      if (request.headers.range !== undefined) return response.writeHead(416).end();
      response.writeHead(200, {
        "content-encoding": "gzip",
        "content-length": packed.length,
        etag: '"v1"',
      });
      if (count > 1) return response.end(packed);
      first.response = response;
      return response.write(packed.subarray(0, 30_000));
    });
    // The connection breaks when decoded bytes have arrived, from where a range would count.
    const onProgress = () => first.response?.destroy();
    const bytes = await fetchSignedUrl(`${server.base}/b/k`, { ...quick, onProgress }).bytes();
    expect(Buffer.compare(bytes, gunzipSync(packed))).toBe(0);
    expect(server.seen).toHaveLength(2);
  });

  test("is not retried after a certificate error, which names the code and what to do", async () => {
    let calls = 0;
    const refused = Object.assign(new Error("self-signed certificate"), {
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    const fetch = (): Promise<Response> => {
      calls += 1;
      return Promise.reject(new TypeError("fetch failed", { cause: refused }));
    };
    const error = await failure(
      fetchSignedUrl(`https://storage.test/b/k${query}`, { ...quick, fetch }).bytes(),
    );
    expect(error).toMatchObject({ reason: "certificate", code: "UNAVAILABLE" });
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(error.message).toContain("createNodeFetch");
    expect(calls).toBe(1);
  });

  test("a range other than the one asked for is corrupt", async () => {
    const server = await storage((request, response) => {
      const ranged = request.headers.range !== undefined;
      response.writeHead(ranged ? 206 : 200, {
        etag: '"v1"',
        ...(ranged ? { "content-range": "bytes 2-19/20" } : { "content-length": "20" }),
      });
      response.write("01234", () => response.destroy());
    });
    const error = await failure(fetchSignedUrl(`${server.base}/b/k`, quick).bytes());
    expect(error.reason).toBe("corrupt");
  });

  test("whatever the breaks, the bytes are those of the object", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
        async (sizes) => {
          const server = await startStorage(flaky(sizes, () => ({ etag: '"v1"' })));
          try {
            expect(text(await fetchSignedUrl(`${server.base}/b/k`, quick).bytes())).toBe(object);
          } finally {
            await server.close();
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("an expired URL", () => {
  test("is signed again once, and the transfer continues", async () => {
    const server = await storage((request, response) => {
      if (request.url === "/b/k?old") {
        response
          .writeHead(403)
          .end(storageXml("AccessDenied", "<Message>Request has expired</Message>"));
      } else response.end("fresh");
    });
    let signed = 0;
    const resign = (): Promise<string> => {
      signed += 1;
      return Promise.resolve(`${server.base}/b/k?new`);
    };
    expect(text(await fetchSignedUrl(`${server.base}/b/k?old`, { resign }).bytes())).toBe("fresh");
    expect(signed).toBe(1);
    const again = (): Promise<string> => Promise.resolve(`${server.base}/b/k?old`);
    const error = await failure(
      fetchSignedUrl(`${server.base}/b/k?old`, { resign: again }).bytes(),
    );
    expect(error.reason).toBe("expired");
    expect(server.seen).toHaveLength(4);
  });
});

describe("bounds", () => {
  test("an object over maxBytes is refused by its length, before its bytes", async () => {
    const server = await storage((_, response) => {
      response.writeHead(200, { "content-length": 2 ** 31 });
      response.flushHeaders();
    });
    const error = await failure(fetchSignedUrl(`${server.base}/b/k`, { maxBytes: 1000 }).bytes());
    expect(error.reason).toBe("tooLarge");
    const unbounded = await failure(fetchSignedUrl(`${server.base}/b/k`).bytes());
    expect(unbounded.message).toContain("67108864");
  });

  test("one of unknown length is given up when it passes maxBytes", async () => {
    const server = await storage((_, response) => {
      const more = (): void => {
        while (response.write("x".repeat(4096)));
      };
      response.on("drain", more);
      more();
    });
    const error = await failure(fetchSignedUrl(`${server.base}/b/k`, { maxBytes: 65536 }).bytes());
    expect(error.reason).toBe("tooLarge");
  });

  test("the MD5 that the caller or the storage names is checked", async () => {
    const good = createHash("md5").update("hello").digest();
    const bad = createHash("md5").update("other").digest();
    const server = await storage((request, response) => {
      const stated = request.url === "/b/bad" ? bad : good;
      response.writeHead(200, { "content-md5": stated.toString("base64") }).end("hello");
    });
    expect(text(await fetchSignedUrl(`${server.base}/b/good`, { md5: good }).bytes())).toBe(
      "hello",
    );
    const stated = await failure(fetchSignedUrl(`${server.base}/b/bad`).bytes());
    expect(stated.reason).toBe("corrupt");
    const asked = await failure(fetchSignedUrl(`${server.base}/b/good`, { md5: bad }).bytes());
    expect(asked.reason).toBe("corrupt");
  });

  test("a body sent compressed is read, whatever its stated length", async () => {
    const body = Buffer.from("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==", "base64");
    const server = await storage((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": body.length });
      response.end(body);
    });
    expect(text(await fetchSignedUrl(`${server.base}/b/k`).bytes())).toBe("hello");
  });
});

describe("time", () => {
  test("an aborted signal ends a transfer at any point with CanceledError", async () => {
    const server = await storage((request, response) => {
      if (request.url === "/b/started") response.write("some");
    });
    const aborted = fetchSignedUrl(`${server.base}/b/k`, { signal: AbortSignal.abort() });
    await expect(aborted.bytes()).rejects.toBeInstanceOf(CanceledError);
    expect(server.seen).toHaveLength(0);
    const controller = new AbortController();
    const download = fetchSignedUrl(`${server.base}/b/started`, { signal: controller.signal });
    const work = (async () => {
      for await (const part of download) {
        expect(text(part)).toBe("some");
        controller.abort(new Error("5ec4e7"));
      }
    })();
    await expect(work).rejects.toBeInstanceOf(CanceledError);
  });

  test("timeoutMs bounds the whole transfer, retries included", async () => {
    const server = await storage((_, response) => response.writeHead(500).end());
    const options = { timeoutMs: 30, maxRetries: 1e9, retryDelayMs: () => 1 };
    await expect(fetchSignedUrl(`${server.base}/b/k`, options).bytes()).rejects.toBeInstanceOf(
      DeadlineExceededError,
    );
  });

  test("a storage that falls silent is given up after idleTimeoutMs", async () => {
    const silent = (): Promise<Response> => new Promise(() => undefined);
    const stalled = (): Promise<Response> =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start: (controller) => {
              controller.enqueue(new TextEncoder().encode("some"));
            },
          }),
        ),
      );
    const options = { idleTimeoutMs: 50, maxRetries: 0 };
    const read = (fetch: () => Promise<Response>) =>
      failure(fetchSignedUrl("https://storage.test/b/k", { ...options, fetch }).bytes());
    expect((await read(silent)).reason).toBe("unreachable");
    expect((await read(stalled)).reason).toBe("truncated");
  });

  test("a fetch that heeds no signal is left behind", async () => {
    const controller = new AbortController();
    const options: FetchSignedUrlOptions = {
      signal: controller.signal,
      fetch: () => new Promise(() => undefined),
    };
    const work = fetchSignedUrl("https://storage.example/b/k", options).bytes();
    controller.abort();
    await expect(work).rejects.toBeInstanceOf(FlyteError);
  });
});
