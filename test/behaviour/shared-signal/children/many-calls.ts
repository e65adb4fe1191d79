import { getEventListeners } from "node:events";

import { fetchSignedUrl } from "../../../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution, seedTree } from "../../../../src/testing.js";
import { wires } from "../../../support/wires.js";

/**
 * Shares one signal among work of every kind, on every wire that has a socket. Prints a line of JSON: the most
 * listeners that the signal had, those that are left, and the warnings of the process.
 */
const { signal } = new AbortController();
const warnings: string[] = [];
process.on("warning", ({ name, message }) => warnings.push(`${name}: ${message}`));

let most = 0;
const listeners = (): number => getEventListeners(signal, "abort").length;
async function many(work: () => Promise<unknown>): Promise<void> {
  const running = Promise.all(Array.from({ length: 12 }, work));
  const state = { isOver: false };
  const end = (): void => {
    state.isOver = true;
  };
  running.then(end, end);
  while (!state.isOver) {
    most = Math.max(most, listeners());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await running;
}

const scope = { project: "flytesnacks", domain: "development" };
const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const ended = await seedTree(flyte, { ...scope, name: "ended", nodes: 4 });
const running = await seedExecution(flyte, { ...scope, name: "running", phase: "RUNNING" });
for (const wire of wires.filter(({ name }) => name.endsWith("socket"))) {
  const client = await wire.open(flyte);
  const { admin } = client;
  await many(() => admin.executions.get(ended, { signal }));
  await many(() => admin.executions.list(scope, { signal, limit: 9, pageSize: 1 }).toArray());
  await many(() => admin.executions.scan(scope, { signal }).toArray({ limit: 9 }));
  await many(() => admin.executions.tree(ended, { signal }).build());
  // Both are ended by their time.
  await many(() => admin.executions.wait(running, { signal, timeoutMs: 20 }).catch(() => null));
  await many(async () => {
    for await (const update of admin.executions.updates(running, { signal })) return update;
    return undefined;
  });
  await client.close();
}
const silent = (): Promise<Response> => new Promise(() => undefined);
const link = "https://storage.test/b/k?X-Amz-Signature=1";
await many(() =>
  fetchSignedUrl(link, { signal, fetch: silent, timeoutMs: 20 })
    .bytes()
    .catch(() => null),
);
console.log(JSON.stringify({ most, left: listeners(), warnings }));
