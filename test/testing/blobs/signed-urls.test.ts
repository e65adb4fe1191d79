import { createHash } from "node:crypto";

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { fetchFrom } from "../../../src/testing/http/index.js";
import type { SignOptions } from "../../../src/testing/store/index.js";
import { type FakeServer, fakeServer } from "../wires/fake-rpcs.js";

const base = "http://storage.test";
const uri = "s3://bucket/some key/a+b(1).pb";
const bytes = new TextEncoder().encode("0123456789");

interface Storage extends FakeServer {
  readonly sign: (uri: string, options?: Partial<SignOptions>) => string;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

function storage(): Storage {
  const server = fakeServer();
  server.blobs.put(uri, bytes);
  return {
    ...server,
    sign: (place, options) =>
      server.blobs.sign(place, {
        method: "GET",
        expiresInSeconds: 180,
        now: server.clock.now,
        base,
        ...options,
      }),
    fetch: (url, init) => fetchFrom(server.port, new Request(url, init), base),
  };
}

async function errorCode(answer: Response): Promise<[number, string | undefined]> {
  expect(answer.headers.get("content-type")).toBe("application/xml");
  return [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]];
}

describe("a signed URL", () => {
  test("reads as those of the recorded storage do", () => {
    const { sign } = storage();
    const url = new URL(sign("s3://my-s3-bucket/metadata/out.pb"));
    expect(url.pathname).toBe("/my-s3-bucket/metadata/out.pb");
    expect([...url.searchParams.keys()]).toEqual([
      "X-Amz-Algorithm",
      "X-Amz-Credential",
      "X-Amz-Date",
      "X-Amz-Expires",
      "X-Amz-SignedHeaders",
      "X-Amz-Signature",
    ]);
    expect(url.searchParams.get("X-Amz-Date")).toBe("20260115T120000Z");
    expect(url.searchParams.get("X-Amz-Expires")).toBe("180");
    expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("host");
    expect(url.searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
  });

  test("returns the object, with its entity tag", async () => {
    const { sign, fetch } = storage();
    const answer = await fetch(sign(uri));
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get("content-type")).toBe("binary/octet-stream");
    expect(answer.headers.get("etag")).toBe(`"${createHash("md5").update(bytes).digest("hex")}"`);
    expect(answer.headers.get("accept-ranges")).toBe("bytes");
  });

  test("returns the object of any key that it was made for", async () => {
    const key = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => !/^\.{1,2}$|[/?#]/.test(text));
    await fc.assert(
      fc.asyncProperty(key, async (name) => {
        const { blobs, sign, fetch } = storage();
        blobs.put(`s3://bucket/dir/${name}`, bytes);
        expect((await fetch(sign(`s3://bucket/dir/${name}`))).status).toBe(200);
      }),
    );
  });

  test.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=5-100", 206, "56789", "bytes 5-9/10"],
    ["bytes=5-2", 200, "0123456789", null],
    ["items=1-2", 200, "0123456789", null],
  ])("returns the range %s", async (range, status, text, contentRange) => {
    const { sign, fetch } = storage();
    const answer = await fetch(sign(uri), { headers: { range } });
    expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test.each(["bytes=10-", "bytes=-0"])("cannot give the range %s", async (range) => {
    const { sign, fetch } = storage();
    expect(await errorCode(await fetch(sign(uri), { headers: { range } }))).toEqual([
      416,
      "InvalidRange",
    ]);
  });

  test("is dead when its seconds are over, by the server's clock", async () => {
    const { sign, fetch, clock } = storage();
    const url = sign(uri);
    clock.now = new Date("2026-01-15T12:02:59Z");
    expect((await fetch(url)).status).toBe(200);
    clock.now = new Date("2026-01-15T12:03:00Z");
    expect(await errorCode(await fetch(url))).toEqual([403, "AccessDenied"]);
    expect(await errorCode(await fetch(sign(uri, { expiresInSeconds: 0 })))).toEqual([
      403,
      "AccessDenied",
    ]);
  });

  test("is good for its own method, host and key only", async () => {
    const { sign, fetch } = storage();
    const url = sign(uri);
    const others: readonly (readonly [string, RequestInit])[] = [
      [url, { method: "PUT", body: "x" }],
      [url, { method: "HEAD" }],
      [url.replace("storage.test", "other.test"), {}],
      [url.replace("a%2Bb", "c%2Bb"), {}],
      [url.replace("Expires=180", "Expires=3600"), {}],
      [url.replace(/Signature=.*/, "Signature=00"), {}],
    ];
    for (const [other, init] of others) expect((await fetch(other, init)).status).toBe(403);
    expect(await errorCode(await fetch(url.replace(/&X-Amz-Expires=180/, "")))).toEqual([
      400,
      "AuthorizationQueryParametersError",
    ]);
    expect(await errorCode(await fetch(url.replace(/\?.*/, "")))).toEqual([403, "AccessDenied"]);
  });

  test("for a missing object or bucket answers 404 in XML", async () => {
    const { sign, fetch } = storage();
    expect(await errorCode(await fetch(sign("s3://bucket/none<&>")))).toEqual([404, "NoSuchKey"]);
    expect(await errorCode(await fetch(sign("s3://none/key")))).toEqual([404, "NoSuchBucket"]);
  });

  test("stores what is put, with the headers that it was signed for", async () => {
    const { sign, fetch, blobs } = storage();
    const md5 = createHash("md5").update(bytes).digest("base64");
    const headers = { "Content-MD5": md5 };
    const url = sign("s3://bucket/new", { method: "PUT", headers });
    expect(new URL(url).searchParams.get("X-Amz-SignedHeaders")).toBe("content-md5;host");
    expect(await errorCode(await fetch(url, { method: "PUT", body: bytes }))).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
    expect(await errorCode(await fetch(url, { method: "PUT", headers, body: "other" }))).toEqual([
      400,
      "BadDigest",
    ]);
    const answer = await fetch(url, {
      method: "PUT",
      headers: { ...headers, "x-amz-meta-flyteContentMD5": md5 },
      body: bytes,
    });
    expect([answer.status, answer.headers.get("etag")]).toEqual([
      200,
      `"${createHash("md5").update(bytes).digest("hex")}"`,
    ]);
    expect(blobs.get("s3://bucket/new")).toEqual(bytes);
    const read = await fetch(sign("s3://bucket/new"));
    expect(read.headers.get("x-amz-meta-flytecontentmd5")).toBe(md5);
    const bad = { "Content-MD5": "no md5" };
    const other = sign("s3://bucket/bad", { method: "PUT", headers: bad });
    expect(
      await errorCode(await fetch(other, { method: "PUT", headers: bad, body: bytes })),
    ).toEqual([400, "InvalidDigest"]);
  });

  test("may be used by a page of another origin", async () => {
    const { sign, fetch } = storage();
    const origin = "http://page.test";
    const asked = {
      origin,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-md5",
    };
    const preflight = await fetch(sign(uri), { method: "OPTIONS", headers: asked });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toBe("content-md5");
    const answer = await fetch(sign(uri), { headers: { origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("ETag");
  });

  test("leaves no query in the log", async () => {
    const { sign, fetch, calls } = storage();
    await fetch(sign(uri));
    expect(calls.calls).toMatchObject([
      { wire: "blob", blob: uri, method: "GET", status: 200, responseBytes: 10 },
    ]);
    expect(JSON.stringify(calls.calls)).not.toContain("X-Amz");
  });
});

describe("the storage", () => {
  test("keeps a copy of what is put", () => {
    const { blobs } = storage();
    const mine = new Uint8Array([1, 2]);
    blobs.put("s3://bucket/mine", mine);
    mine[0] = 9;
    expect(blobs.get("s3://bucket/mine")).toEqual(new Uint8Array([1, 2]));
  });

  test("does not look at the scheme, and makes the buckets that it is given", () => {
    const { blobs } = storage();
    expect(blobs.bucketExists("fresh")).toBe(false);
    blobs.put("gs://fresh/key", bytes);
    expect([
      blobs.bucketExists("fresh"),
      blobs.has("s3://fresh/key"),
      blobs.has("s3://fresh/other"),
    ]).toEqual([true, true, false]);
  });

  test("refuses a URI without a bucket", () => {
    const { blobs } = storage();
    expect(() => {
      blobs.put("nonsense", bytes);
    }).toThrow("s3://bucket/key");
  });
});
