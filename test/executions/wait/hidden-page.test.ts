import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { AdminClient } from "../../../src/client/admin-client.js";
import { InMemoryFlyteAdmin } from "../../../src/testing/in-memory-flyte-admin.js";
import { seedExecution } from "../../../src/testing/states/index.js";
import { FakeClock } from "./fake-clock.js";

const scope = { project: "flytesnacks", domain: "development" };

/** A page that somebody sees or not. */
class FakeDocument extends EventTarget {
  visibilityState = "visible";
  listeners = 0;

  show(state: "visible" | "hidden"): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }

  override addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void {
    this.listeners += 1;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget["removeEventListener"]>): void {
    this.listeners -= 1;
    super.removeEventListener(...args);
  }
}

let page: FakeDocument;
let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let clock: FakeClock;

beforeEach(async () => {
  page = new FakeDocument();
  Object.defineProperty(globalThis, "document", { value: page, configurable: true });
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  clock = new FakeClock();
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope, clock });
  await seedExecution(flyte, { ...scope, name: "e" });
  flyte.clearCalls();
});

afterEach(() => {
  Reflect.deleteProperty(globalThis, "document");
});

async function pollsIn(ms: number, options: { tree?: boolean } = {}): Promise<number> {
  const stop = new AbortController();
  const waiting = admin.executions.wait("e", { ...options, signal: stop.signal });
  await clock.runUntil(waiting, ms);
  const polls = flyte.calls.filter(({ rpc }) => rpc === "GetExecution").length;
  stop.abort();
  await expect(waiting).rejects.toThrow();
  return polls;
}

describe.each([{ tree: false }, { tree: true }])("Waiting in a page with %j", (options) => {
  it("polls about twenty times in the first minute while somebody sees it", async () => {
    expect(await pollsIn(60_000, options)).toBeGreaterThan(15);
  });

  it("polls at once and then about twice a minute while nobody does", async () => {
    page.visibilityState = "hidden";
    const polls = await pollsIn(60_000, options);
    expect(polls).toBeGreaterThanOrEqual(2);
    expect(polls).toBeLessThanOrEqual(3);
  });

  it("polls as soon as it is seen again, and leaves no listener behind", async () => {
    page.visibilityState = "hidden";
    const stop = new AbortController();
    const waiting = admin.executions.wait("e", { ...options, signal: stop.signal });
    await clock.runUntil(waiting, 5_000);
    const before = flyte.calls.length;
    page.show("visible");
    await clock.runUntil(waiting, 5_001);
    expect(flyte.calls.length).toBeGreaterThan(before);
    page.show("hidden");
    stop.abort();
    await expect(waiting).rejects.toThrow();
    expect(page.listeners).toBe(0);
  });
});

describe("Watching a list in a page", () => {
  it("reads the list at once, polls about twice a minute while nobody sees it, and as soon as it is seen", async () => {
    page.visibilityState = "hidden";
    const stop = new AbortController();
    const watch = admin.executions.watch(scope, { signal: stop.signal });
    const kinds: string[] = [];
    const done = (async () => {
      for await (const { kind } of watch) kinds.push(kind);
    })();
    await clock.runUntil(done, 180_000);
    expect(kinds).toEqual(["added", "synced"]);
    const polls = flyte.calls.length;
    expect(polls).toBeGreaterThanOrEqual(5);
    expect(polls).toBeLessThanOrEqual(9);
    page.show("visible");
    await clock.runUntil(done, 180_001);
    expect(flyte.calls.length).toBe(polls + 1);
    stop.abort();
    await expect(done).rejects.toThrow();
    expect(page.listeners).toBe(0);
  });
});
