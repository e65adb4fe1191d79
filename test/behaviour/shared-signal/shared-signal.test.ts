import { expect, it } from "@jest/globals";

import { startChild } from "../../support/child.js";

it("shares a signal among any number of calls without a warning of Node, and leaves no listener on it", async () => {
  // A process of its own: jest hides the warnings of this one.
  const child = startChild(new URL("children/many-calls.ts", import.meta.url), {});
  const seen: unknown = JSON.parse(await child.line());
  expect(seen).toEqual({ most: 1, left: 0, warnings: [] });
  expect(await child.ended).toBe(0);
});
