import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "@jest/globals";

import type { Verdict } from "../../tools/conformance/compare.js";
import { replay } from "../../tools/conformance/replay.js";
import type { Report } from "../../tools/conformance/report.js";

const recorded = (file: string) =>
  fileURLToPath(new URL(`../recordings/random/${file}`, import.meta.url));

const reports: Report[] = [];

describe.each([101, 102, 103, 104])("a random run of a real FlyteAdmin (seed %i)", (seed) => {
  let report: Report;

  beforeAll(async () => {
    report = await replay([recorded(`seed-${seed}.jsonl.gz`)]);
    reports.push(report);
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
  it("get the compiled closures that the server made", async () => {
    const report = await replay([recorded("flytekit-workflows.jsonl.gz")]);
    expect(report.differences).toEqual([]);
    expect(report.counts.equal).toBe(79);
    reports.push(report);
  });
});

describe("the figures of the docs", () => {
  it.each(["testing.md", "conformance.md"])("in %s are those of this replay", (page) => {
    const total = (verdict: Verdict) =>
      reports.reduce((sum, { counts }) => sum + counts[verdict], 0);
    const differing = total("code") + total("text") + total("data");
    const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8");
    expect(text).toContain(
      `${total("equal")} of ${total("equal") + differing} answers equal (99.99 %), codes equal in 100.00 %; ` +
        `${total("tie")} ties left out`,
    );
  });
});
