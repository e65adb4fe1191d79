import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import { failedFetch } from "../../src/errors/recognized-texts.js";
import {
  InMemoryFlyteAdmin,
  type InMemoryFlyteAdminOptions,
  seedAttempts,
  seedExecution,
  seedNode,
} from "../../src/testing.js";
import { stringLiteral } from "../support/literals.js";
import { inBrowser, openBrowser, servePage } from "./chromium.js";
import type { probe } from "./page.js";

type Probe = typeof probe;

const count = 10_000;
const node = "flytesnacks/development/e1/n0";

inBrowser("a page of another origin, in Chromium", () => {
  let browser: Browser;
  let origin: Awaited<ReturnType<typeof servePage>>;
  let page: Page;
  let flyte: InMemoryFlyteAdmin;
  let baseUrl: string;
  const closers: (() => Promise<void>)[] = [];
  const failed: string[] = [];

  async function listening(options: InMemoryFlyteAdminOptions): Promise<string> {
    const server = await new InMemoryFlyteAdmin(options).listen();
    closers.push(() => server.close());
    return server.httpUrl;
  }

  async function ask<Name extends keyof Probe>(
    name: Name,
    ...args: Parameters<Probe[Name]>
  ): Promise<Awaited<ReturnType<Probe[Name]>>> {
    const call = `globalThis.probe[${JSON.stringify(name)}](...${JSON.stringify(args)})`;
    return page.evaluate<Awaited<ReturnType<Probe[Name]>>>(call);
  }

  beforeAll(async () => {
    flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const executionId = await seedExecution(flyte, { name: "e1" });
    const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
    await seedAttempts(flyte, {
      nodeExecutionId,
      count,
      attempt: (n) => ({
        phase: n === count - 1 ? "RUNNING" : n % 100 === 3 ? "FAILED" : "SUCCEEDED",
        outputs: n === 0 ? { greeting: stringLiteral("hello") } : {},
        error: { code: "USER:X", message: `attempt ${n} failed` },
      }),
    });
    flyte.putBlob("s3://my-s3-bucket/notes.txt", new TextEncoder().encode("read in a page"));
    const server = await flyte.listen();
    closers.push(() => server.close());
    baseUrl = server.httpUrl;
    origin = await servePage();
    browser = await openBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => failed.push(String(error)));
    await page.goto(origin.url);
    await page.waitForFunction("globalThis.probe !== undefined");
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await origin.close();
    for (const close of closers) await close();
  });

  it("lists ten thousand attempts in their order and shows the outcome of each", async () => {
    flyte.clearCalls();
    const walk = await ask("walk", baseUrl, node);
    expect(walk).toMatchObject({
      value: {
        outcomes: { error: 100, outputUri: count - 101, notTerminal: 1 },
        firstError: "attempt 3 failed",
      },
    });
    expect("value" in walk && walk.value.numbers).toEqual(
      Array.from({ length: count }, (_, n) => n),
    );
    const calls = flyte.calls.filter(({ rpc }) => rpc === "ListTaskExecutions");
    expect(calls.every(({ wire, headers }) => wire === "rest" && headers["origin"] !== "")).toBe(
      true,
    );
    expect(calls.length).toBeGreaterThan(1);
  }, 60_000);

  it("lets the server filter and sort", async () => {
    expect(await ask("filter", baseUrl, node, 9_500)).toEqual({
      value: [9_903, 9_803, 9_703, 9_603, 9_503],
    });
  });

  it("reads outputs, and downloads an object by a signed URL", async () => {
    expect(await ask("outputs", baseUrl, node)).toEqual({ value: "greeting" });
    expect(await ask("download", baseUrl, "s3://my-s3-bucket/notes.txt")).toEqual({
      value: "read in a page",
    });
  });

  it("uploads a Blob to a signed URL, with the MD5 that the storage checks", async () => {
    const text = "written in a page ".repeat(100);
    const uploaded = await ask("upload", baseUrl, "notes.txt", text);
    expect(uploaded).toEqual({
      value: {
        nativeUri: expect.stringMatching(/^s3:\/\/.*\/notes\.txt$/) as unknown,
        bytes: text.length,
        stored: text,
        sent: text.length,
      },
    });
    const otherContent = await ask("upload", baseUrl, "notes.txt", "other");
    expect("value" in otherContent && otherContent.value.stored).toBe("other");
  });

  it("cancels half-way, and the server sees the request go", async () => {
    flyte.clearCalls();
    const fault = flyte.faults.add({
      rpc: "ListTaskExecutions",
      when: ({ seen }) => seen >= 55,
      hang: true,
    });
    const result = await ask("cancelAfter", baseUrl, node, 5_000);
    expect(result).toMatchObject({ error: { name: "CanceledError", code: "CANCELLED" } });
    await expectSoon(() => flyte.calls.some(({ code }) => code === "CANCELLED"));
    fault.remove();
  }, 60_000);

  it("meets a 401 with an error that says to sign in", async () => {
    const closed = await listening({ signIn: {} });
    const result = await ask("version", closed);
    expect(result).toMatchObject({
      error: { name: "UnauthenticatedError", code: "UNAUTHENTICATED" },
    });
    expect(JSON.stringify(result)).toMatch(/Sign in, or send a token/);
    const refused = await ask("version", closed, { "flyte-authorization": "Bearer nonsense" });
    expect(refused).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
  });

  it("meets a refusal by CORS with an error that names it", async () => {
    const elsewhere = await listening({ cors: { allowedOrigins: ["https://elsewhere.example"] } });
    for (const result of [
      await ask("version", elsewhere),
      // A header that FlyteAdmin's defaults do not let through.
      await ask("version", baseUrl, { authorization: "Bearer token" }),
      // A server that lets in every origin lets none in with cookies.
      await ask("version", baseUrl, {}, "include"),
    ]) {
      expect(result).toMatchObject({ error: { name: "ConnectionError", code: "UNAVAILABLE" } });
      expect(JSON.stringify(result)).toMatch(/127\.0\.0\.1:\d+.*CORS.*allowedOrigins/);
      expect(JSON.stringify(result)).not.toContain("Bearer token");
    }
  });

  it("says in recognized words that a fetch got no answer", async () => {
    const text = await page.evaluate<string>(
      `fetch("http://127.0.0.1:9/").then(() => "answered", (error) => error.message)`,
    );
    expect(text).toMatch(failedFetch);
  });

  it("sends cookies to a server that names the page's origin", async () => {
    const own = origin.url;
    const friendly = await listening({ cors: { allowedOrigins: [own] } });
    expect(await ask("version", friendly, {}, "include")).toMatchObject({ value: /./ as unknown });
  });

  it("has no error that nobody caught", () => {
    expect(failed).toEqual([]);
  });
});

/** Waits for what comes about over a socket, for at most a minute. */
async function expectSoon(holds: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
}
