import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "@jest/globals";

import { replay } from "../../tools/conformance/replay.js";
import type { Report } from "../../tools/conformance/report.js";

const recorded = (file: string) =>
  fileURLToPath(new URL(`../recordings/random/${file}`, import.meta.url));

describe.each([101, 102, 103, 104])("a random run of a real FlyteAdmin (seed %i)", (seed) => {
  let report: Report;

  beforeAll(async () => {
    report = await replay([recorded(`seed-${seed}.jsonl.gz`)]);
  }, 120_000);

  it("is answered as the server answered it", () => {
    expect(report.counts.equal).toBeGreaterThan(2_000);
    expect(report.counts.tie).toBeLessThan(30);
    // The database may find another row than ours for an identifier with empty parts.
    const differing = report.differences.filter(
      ({ rpc, verdict, request }) =>
        !(rpc === "GetTask" && verdict === "data" && !JSON.stringify(request).includes('"name"')),
    );
    expect(differing).toEqual([]);
  });
});

describe("workflows as flytekit registers them", () => {
  it("get the compiled closures that the server gave them", async () => {
    const report = await replay([recorded("flytekit-workflows.jsonl.gz")]);
    expect(report.differences).toEqual([]);
    expect(report.counts.equal).toBe(79);
  });
});
