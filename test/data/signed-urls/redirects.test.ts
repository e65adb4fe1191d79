import { describe, expect, test } from "@jest/globals";

import { fetchSignedUrl, uploadToSignedUrl } from "../../../src/data/signed-urls/index.js";

type Answers = Readonly<Record<string, Response | (() => Response)>>;

function fetchOf(answers: Answers, seen: string[] = []) {
  return (url: string, init: RequestInit): Promise<Response> => {
    expect(init.redirect).toBe("manual");
    seen.push(url);
    const answer = answers[url];
    if (answer === undefined) throw new Error(`nothing at ${url}`);
    return Promise.resolve(typeof answer === "function" ? answer() : answer);
  };
}

function to(location: string, status = 307): () => Response {
  return () => new Response(null, { status, headers: { location } });
}

async function read(url: string, answers: Answers, seen?: string[]): Promise<string> {
  const bytes = await fetchSignedUrl(url, { fetch: fetchOf(answers, seen) }).bytes();
  return new TextDecoder().decode(bytes);
}

describe("redirects", () => {
  test("lead to another https host, or about the same origin", async () => {
    const seen: string[] = [];
    const answers = {
      "https://s3.example/b/k?sig": to("https://b.s3.eu.example/k?sig"),
      "https://b.s3.eu.example/k?sig": () => new Response("there"),
      "http://localhost:9000/b/k?sig": to("/b/other?sig", 302),
      "http://localhost:9000/b/other?sig": () => new Response("same"),
    };
    expect(await read("https://s3.example/b/k?sig", answers, seen)).toBe("there");
    expect(seen).toEqual(["https://s3.example/b/k?sig", "https://b.s3.eu.example/k?sig"]);
    expect(await read("http://localhost:9000/b/k?sig", answers)).toBe("same");
  });

  test.each([
    ["https to plain http", "https://a.example/k?sig", to("http://a.example/k?sig")],
    ["plain http to another origin", "http://a.example/k?sig", to("http://b.example/k?sig")],
    ["another scheme", "https://a.example/k?sig", to("file:///etc/passwd?sig")],
    ["a user name", "https://a.example/k?sig", to("https://u:sig@a.example/k")],
    ["no URL", "https://a.example/k?sig", to("https://[sig")],
    ["nowhere", "https://a.example/k?sig", () => new Response(null, { status: 302 })],
    ["in circles", "https://a.example/k?sig", to("https://a.example/k?sig")],
  ])("from %s are refused", async (_, url, answer) => {
    const error: unknown = await read(url, { [url]: answer }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "SignedUrlError", reason: "redirected" });
    expect(String(error)).not.toContain("sig");
  });

  test("in circles are left after three", async () => {
    const url = "https://a.example/k?sig";
    const seen: string[] = [];
    await expect(read(url, { [url]: to(url) }, seen)).rejects.toThrow("more than 3 times");
    expect(seen).toHaveLength(4);
  });

  test("of an upload are refused, and its content goes nowhere else", async () => {
    const asked: string[] = [];
    const fetch = fetchOf({ "https://a.example/k?sig": to("https://b.example/k?sig") }, asked);
    const target = { signedUrl: "https://a.example/k?sig", headers: {} };
    await expect(
      uploadToSignedUrl(target, new Uint8Array(3), { fetch, maxRetries: 0 }),
    ).rejects.toMatchObject({ name: "SignedUrlError", reason: "redirected" });
    expect(asked).toEqual(["https://a.example/k?sig"]);
  });

  test("go without cookies, referrer and the browser's own handling, as the first request does", async () => {
    const inits: RequestInit[] = [];
    const answer = fetchOf({
      "https://a.example/k?sig": to("https://b.example/k?sig"),
      "https://b.example/k?sig": () => new Response("there"),
    });
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      inits.push(init);
      return answer(url, init);
    };
    await fetchSignedUrl("https://a.example/k?sig", { fetch }).bytes();
    expect(inits).toHaveLength(2);
    for (const init of inits) {
      expect(init).toMatchObject({
        credentials: "omit",
        referrerPolicy: "no-referrer",
        redirect: "manual",
        headers: {},
      });
    }
  });

  test("that a browser hides are refused", async () => {
    const hidden = new Response(null);
    Object.defineProperties(hidden, { type: { value: "opaqueredirect" }, status: { value: 0 } });
    const url = "https://a.example/k?sig";
    await expect(read(url, { [url]: hidden })).rejects.toMatchObject({ reason: "redirected" });
  });
});
