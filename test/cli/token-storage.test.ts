import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "@jest/globals";

import { cliTokenStorage } from "../../src/cli/run/with-admin.js";

const { HOME } = process.env;
beforeAll(() => {
  process.env["HOME"] = mkdtempSync(join(tmpdir(), "flyte-cli-home-"));
});
afterAll(() => {
  if (HOME === undefined) delete process.env["HOME"];
  else process.env["HOME"] = HOME;
});

it("two commands at the same time renew a session one after the other", async () => {
  const order: string[] = [];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const [one, two] = [cliTokenStorage(), cliTokenStorage()];
  expect(one).toHaveProperty("withLock");
  const first = one.withLock?.("session", async () => {
    order.push("first begins");
    await ended;
    order.push("first ends");
  });
  while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const second = two.withLock?.("session", () => Promise.resolve(order.push("second")));
  await two.withLock?.("another session", () => Promise.resolve(order.push("another")));
  end();
  await Promise.all([first, second]);
  expect(order).toEqual(["first begins", "another", "first ends", "second"]);
});
