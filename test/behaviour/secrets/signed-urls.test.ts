import { describe, expect, it } from "@jest/globals";

import { AdminClient, fetchSignedUrl } from "../../../src/index.js";
import { uploadToSignedUrl } from "../../../src/data/signed-urls/index.js";
import { everyOutput } from "../../support/every-output.js";

const signature = "5ec4e75ec4e75ec4e7";
const session = "planted-session.11c0";
const url = `https://storage.example/bucket/key?X-Amz-Credential=minio&X-Amz-Security-Token=${session}&X-Amz-Signature=${signature}`;

type Answer = () => Promise<Response>;

/** As storages do that show what they were asked, in XML, in headers and in the words of the status. */
const echo = `<Error><Code>REASON</Code><Message>${url} ${signature}</Message><Resource>${url}</Resource><StringToSign>${signature}</StringToSign><SignatureProvided>${session}</SignatureProvided></Error>`;
const answers =
  (status: number, code: string): Answer =>
  () =>
    Promise.resolve(
      new Response(echo.replace("REASON", code), {
        status,
        statusText: signature,
        headers: { "x-echo": url, "www-authenticate": `sig=${signature}` },
      }),
    );
const to =
  (location: string): Answer =>
  () =>
    Promise.resolve(new Response(null, { status: 307, headers: { location } }));
const throws =
  (error: Error): Answer =>
  () =>
    Promise.reject(error);
const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${url}`), {
  code: "ENOTFOUND",
  input: url,
});
const breaks: Answer = () =>
  Promise.resolve(
    new Response(
      new ReadableStream({
        pull: (controller) => {
          controller.error(new Error(`terminated ${url}`));
        },
      }),
    ),
  );

const failures: readonly (readonly [string, Answer])[] = [
  ["a refused signature", answers(403, "SignatureDoesNotMatch")],
  ["an expired URL", answers(403, "ExpiredToken")],
  ["a code that is the signature", answers(400, signature)],
  ["a missing object", answers(404, "NoSuchKey")],
  ["a busy storage", answers(503, "SlowDown")],
  ["an answer that is not known", answers(418, "Teapot")],
  ["a redirect to http", to(url.replace("https", "http"))],
  ["a redirect in circles", to(url)],
  ["a redirect to nothing", to(`https://[${signature}?${session}`)],
  ["a redirect with a user", to(`https://${signature}:${session}@storage.example/`)],
  ["a failed fetch", throws(new TypeError(`Failed to fetch ${url}`, { cause }))],
  ["a fetch that throws another thing", throws(Object.assign(new Error(url), { config: { url } }))],
];

function expectNothingTold(error: unknown): void {
  expect(error).toMatchObject({ name: "SignedUrlError" });
  const output = everyOutput(error);
  expect(output).not.toContain(signature);
  expect(output).not.toContain(session);
}

const settings = { maxRetries: 1, retryDelayMs: () => 0 };

describe("the query of a signed URL", () => {
  it.each([...failures, ["a body that breaks off", breaks] as const])(
    "is shown nowhere by a download after %s",
    async (_, fetch) => {
      const read = fetchSignedUrl(url, { ...settings, fetch, resign: () => Promise.resolve(url) });
      expectNothingTold(await read.bytes().catch((thrown: unknown) => thrown));
      expect(everyOutput(read)).not.toContain(signature);
    },
  );

  it.each(failures)("is shown nowhere by an upload after %s", async (_, fetch) => {
    const headers = { "x-amz-security-token": session };
    const resign = () => Promise.resolve({ signedUrl: url, headers });
    const put = uploadToSignedUrl({ signedUrl: url, headers }, new Uint8Array(3), {
      ...settings,
      fetch,
      resign,
    });
    expectNothingTold(await put.catch((thrown: unknown) => thrown));
  });

  it.each([
    `s3://bucket/key?X-Amz-Signature=${signature}&t=${session}`,
    `${signature}?${session}`,
    `https://${signature}:${session}@storage.example/key`,
    `https://[${signature}/?${session}`,
  ])("is shown nowhere where the URL is none (%#)", async (text) => {
    expectNothingTold(
      await fetchSignedUrl(text)
        .bytes()
        .catch((thrown: unknown) => thrown),
    );
  });

  it("is shown nowhere by limits and by the caller's own end", async () => {
    const fetch = () =>
      Promise.resolve(new Response(new Uint8Array(100), { headers: { "content-length": "100" } }));
    expectNothingTold(
      await fetchSignedUrl(url, { fetch, maxBytes: 5 })
        .bytes()
        .catch((thrown: unknown) => thrown),
    );
    expectNothingTold(
      await fetchSignedUrl(url, { fetch, md5: new Uint8Array(16) })
        .bytes()
        .catch((thrown: unknown) => thrown),
    );
    const never = () => new Promise<Response>(() => undefined);
    const signal = AbortSignal.abort(new Error(`left ${url}`));
    const error: unknown = await fetchSignedUrl(url, { fetch: never, signal })
      .bytes()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "CANCELLED" });
    expect(everyOutput(error)).not.toContain(signature);
  });

  it("is shown nowhere where the server repeats it", async () => {
    const words = `cannot sign ${url} nor /bucket/key?X-Amz-Signature=${signature}&X-Amz-Security-Token=${session} nor {"url":"https:\\/\\/storage.example\\/k?sig=${signature}"}`;
    const body = JSON.stringify({ code: 13, message: words, error: words });
    const fetch = () =>
      Promise.resolve(
        new Response(body, { status: 500, headers: { "content-type": "application/json" } }),
      );
    const admin = new AdminClient({ baseUrl: "http://flyte.test", fetch, retry: false });
    const error: unknown = await admin.dataProxy
      .createDownloadLocation("s3://b/k")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "INTERNAL" });
    const output = everyOutput(error);
    expect(output).not.toContain(signature);
    expect(output).not.toContain(session);
  });
});
