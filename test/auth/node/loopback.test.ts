import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import { inspect } from "node:util";

import { describe, expect, it, jest } from "@jest/globals";

import { loopbackAuthorizer, type LoopbackOptions } from "../../../src/node.js";
import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";

const { signal } = new AbortController();

async function visitOf(options: LoopbackOptions, registered = "http://127.0.0.1:0/callback") {
  const visit = await loopbackAuthorizer({ show: () => undefined, ...options }).prepare(
    registered,
    signal,
  );
  return { ...visit, at: (query: string) => fetch(`${visit.redirectUri}?${query}`) };
}

const timersOfNode = [
  "Date",
  "nextTick",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setInterval",
  "clearInterval",
  "performance",
  "hrtime",
] as const;

describe("the loopback callback", () => {
  it("takes the answer to this sign-in, and no other", async () => {
    const visit = await visitOf({ openBrowser: () => Promise.resolve(true) });
    const back = visit.visit("https://idp.test/authorize", "good-state");
    const foreign = await visit.at("code=evil&state=other");
    expect(foreign.status).toBe(400);
    expect((await fetch(new URL("/elsewhere", visit.redirectUri))).status).toBe(404);
    expect(
      (await fetch(`${visit.redirectUri}?code=c&state=good-state`, { method: "POST" })).status,
    ).toBe(404);
    const page = await visit.at("code=c&state=good-state");
    expect(await page.text()).toContain("You may close this window");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(await back).toBe(`${visit.redirectUri}?code=c&state=good-state`);
    visit.close();
  });

  it("shows the address where no browser opens", async () => {
    const shown: string[] = [];
    const visit = await visitOf({
      openBrowser: () => Promise.reject(new Error("no screen")),
      show: (text) => void shown.push(text),
    });
    const back = visit.visit("https://idp.test/authorize?x=1", "s");
    await visit.at("state=s&error=access_denied");
    expect(await back).toContain("access_denied");
    expect(shown).toEqual(["Open this address to sign in: https://idp.test/authorize?x=1"]);
    visit.close();
  });

  it("leaves no listener behind", async () => {
    const ended = new AbortController();
    const visit = await loopbackAuthorizer({
      show: () => undefined,
      openBrowser: () => Promise.resolve(true),
    }).prepare("http://127.0.0.1:0/callback", ended.signal);
    const back = visit.visit("https://idp.test/", "s");
    expect(getEventListeners(ended.signal, "abort")).toHaveLength(1);
    await fetch(`${visit.redirectUri}?state=s&code=c`);
    await back;
    expect(getEventListeners(ended.signal, "abort")).toEqual([]);
    visit.close();
  });

  it("leaves no timer behind, which would keep the process alive", async () => {
    // The sockets of Node keep their timers.
    jest.useFakeTimers({ doNotFake: [...timersOfNode] });
    try {
      const visit = await visitOf({ openBrowser: () => Promise.resolve(true) });
      const back = visit.visit("https://idp.test/", "s");
      expect(jest.getTimerCount()).toBe(1);
      await fetch(`${visit.redirectUri}?state=s&code=c`);
      await back;
      expect(jest.getTimerCount()).toBe(0);
      visit.close();
    } finally {
      jest.useRealTimers();
    }
  });

  it("ends with the signal, for its reason", async () => {
    const ended = new AbortController();
    const visit = await loopbackAuthorizer({
      show: () => undefined,
      openBrowser: () => Promise.resolve(true),
    }).prepare("http://127.0.0.1:0/callback", ended.signal);
    const back = visit.visit("https://idp.test/", "s");
    const reason = new Error("signed out");
    ended.abort(reason);
    await expect(back).rejects.toBe(reason);
    visit.close();
  });

  it("gives up when nobody comes back in time", async () => {
    const visit = await visitOf({ openBrowser: () => Promise.resolve(true), timeoutMs: 1 });
    await expect(visit.visit("https://idp.test/", "s")).rejects.toMatchObject({
      name: "SignInError",
      reason: "timedOut",
    });
    visit.close();
  });

  it("names a port that is taken, and what to do", async () => {
    const { port, close } = await listenOnLoopback(createServer());
    const error: unknown = await visitOf({}, `http://localhost:${port}/callback`).catch(
      (thrown: unknown) => thrown,
    );
    expect(inspect(error)).toContain(`port ${port}`);
    expect(inspect(error)).toContain("EADDRINUSE");
    await close();
  });

  it("does not listen for a redirect that leads elsewhere", async () => {
    await expect(visitOf({}, "https://flyte.example.com/callback")).rejects.toMatchObject({
      name: "SignInError",
      reason: "unsupported",
    });
  });

  it.each(["127.0.0.1", "localhost"])("listens on no other address for %s", async (host) => {
    const visit = await visitOf({}, `http://${host}:0/callback`);
    const { port } = new URL(visit.redirectUri);
    // Another address of this machine, which a port that is open to everyone answers.
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow("fetch failed");
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    visit.close();
  });

  it("listens on both loopback addresses for localhost", async () => {
    const visit = await visitOf(
      { openBrowser: () => Promise.resolve(true) },
      "http://localhost:0/callback",
    );
    const { port } = new URL(visit.redirectUri);
    const back = visit.visit("https://idp.test/", "s");
    const answer = await fetch(`http://127.0.0.1:${port}/callback?state=s&code=c`);
    expect(answer.status).toBe(200);
    expect(new URL(await back).searchParams.get("code")).toBe("c");
    visit.close();
  });
});
