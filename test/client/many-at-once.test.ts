import { afterEach, expect, it, jest } from "@jest/globals";

import { type AdminClient } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution } from "../../src/testing.js";
import { wires } from "../support/wires.js";

const scope = { project: "flytesnacks", domain: "development" } as const;
/** Node warns of more listeners than ten on one signal. */
const mostListeners = 10;
const pieces = 14;

afterEach(() => {
  jest.restoreAllMocks();
});

/** Counts the abort listeners of each signal, and returns the most that one had. */
function countListeners(): () => number {
  const counts = new Map<EventTarget, number>();
  let most = 0;
  // Both are called with the target that they are called on.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  jest.spyOn(EventTarget.prototype, "addEventListener").mockImplementation(function (
    this: EventTarget,
    ...args
  ) {
    if (this instanceof AbortSignal) {
      counts.set(this, (counts.get(this) ?? 0) + 1);
      most = Math.max(most, counts.get(this) ?? 0);
    }
    addEventListener.apply(this, args);
  });
  jest.spyOn(EventTarget.prototype, "removeEventListener").mockImplementation(function (
    this: EventTarget,
    ...args
  ) {
    if (this instanceof AbortSignal) counts.set(this, (counts.get(this) ?? 0) - 1);
    removeEventListener.apply(this, args);
  });
  return () => most;
}

const upload = (admin: AdminClient, number: number) =>
  admin.dataProxy.upload({ ...scope, filename: `f${number}`, body: new Uint8Array(10) });

it.each<[string, (admin: AdminClient, number: number) => Promise<unknown>]>([
  ["waits", (admin, number) => admin.executions.wait({ ...scope, name: `e${number}` })],
  ["uploads", upload],
  ["downloads", (admin, number) => admin.executions.outputs({ ...scope, name: `done${number}` })],
])("more than ten %s at once leave at most ten listeners on a signal", async (kind, begin) => {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  const value = "x".repeat(2_200_000);
  const text = { case: "primitive", value: { value: { case: "stringValue", value } } } as const;
  const outputs = { o0: { value: { case: "scalar", value: { value: text } } } } as const;
  for (let number = 0; number < pieces; number += 1) {
    if (kind === "waits") await seedExecution(flyte, { name: `e${number}` });
    if (kind !== "downloads") continue;
    await seedExecution(flyte, { name: `done${number}`, phase: "SUCCEEDED", outputs });
  }
  const wire = wires.find(({ name }) => name === "REST in process");
  if (wire === undefined) throw new Error("no wire");
  const client = await wire.open(flyte, { fetch: (url, init) => flyte.fetch(url, init) });
  const hung = flyte.faults.add(
    kind === "waits" ? { rpc: "ListExecutions", hang: true } : { blob: "s3://", hang: true },
  );
  const most = countListeners();
  const ends = Array.from({ length: pieces }, (_, number) => begin(client.admin, number));
  const all = Promise.allSettled(ends);
  while (hung.strikes < (kind === "waits" ? 1 : pieces)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  client.admin.close();
  expect((await all).map(({ status }) => status)).toEqual(Array(pieces).fill("rejected"));
  expect(most()).toBeLessThanOrEqual(mostListeners);
  await client.close();
});
