import { readFileSync, rmSync } from "node:fs";

import { expect, it } from "@jest/globals";
import fc from "fast-check";

const kept = new URL("../../.tmp/fast-check-failures.jsonl", import.meta.url);

it("a property that fails prints and keeps its seed and path", async () => {
  const failing = fc.asyncProperty(fc.integer(), (n) => Promise.resolve(n === 0.5));
  const error: unknown = await fc
    .assert(failing, { seed: 1234 })
    .catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/FC_SEED=1234 FC_PATH=0[:0-9]* npm run jest/);
  const lines = readFileSync(kept, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({ seed: 1234, path: expect.stringMatching(/^0/) }),
  );
  const others = lines.filter((line) => !line.includes('"seed":1234'));
  if (others.length === 0) rmSync(kept);
});
