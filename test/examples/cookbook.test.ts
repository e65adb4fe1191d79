import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "node:util";

import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";

import { programs } from "../../examples/cookbook/programs.js";
import { questions } from "../../examples/cookbook/questions.js";
import { sampleServer } from "../../examples/cookbook/sample-server.js";
import { AdminClient } from "../../src/index.js";
import { cookbookPage } from "./cookbook-page.js";

const source = fileURLToPath(new URL("../../examples/cookbook/", import.meta.url));
const helpers = ["main.ts", "programs.ts", "questions.ts", "sample-server.ts"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cookbook-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs a program over REST on the in-memory server, and returns the lines that it prints. */
async function linesOf(name: string, args: readonly string[] = []): Promise<readonly string[]> {
  const server = await (await sampleServer()).listen();
  const admin = new AdminClient({
    baseUrl: server.httpUrl,
    defaults: { project: "flytesnacks", domain: "development" },
  });
  const lines: string[] = [];
  jest.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
    lines.push(format(...values));
  });
  try {
    await programs[name]?.run(admin, args);
  } finally {
    admin.close();
    await server.close();
  }
  return lines;
}

const first = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe("the cookbook", () => {
  test.each<[string, () => readonly string[], readonly unknown[]]>([
    ["approve-gates", () => [], ["approved approve of gated", "1 gates approved"]],
    ["command-line", () => ["get", "training"], ["training SUCCEEDED"]],
    ["command-line", () => ["logs", "training"], ["pod https://logs.example.com/1"]],
    ["command-line", () => ["help"], [first(/^usage: /)]],
    [
      "failures-csv",
      () => ["7"],
      ["name,createdAt,code,message", first(/^hungry,.*,OOMKilled,"container exited/)],
    ],
    ["find-by-tag", () => [], ["flytesnacks/development/tagged UNDEFINED"]],
    ["http-handler", () => [], ["200 a page"]],
    ["infinite-query", () => [], ["page 1: tagged, large", "page 2: small, gated"]],
    [
      "launch-and-relaunch",
      () => ["train", "nightly"],
      [
        first(
          /^launched flytesnacks\/development\/nightly http.*\/console\/projects\/flytesnacks\/domains\/development\/executions\/nightly$/,
        ),
        "relaunched flytesnacks/development/nightly-again",
      ],
    ],
    [
      "out-of-memory",
      () => [],
      ["flytesnacks/development/hungry/n0 #0", "1 attempts ran out of memory"],
    ],
    [
      "launch-with-file",
      () => [],
      [first(/^launched flytesnacks\/development\/[a-z0-9]+ with s3:\/\/.*\/rows\.csv$/)],
    ],
    [
      "launch-from-queue",
      () => [],
      ["7 launched", "7 launched before", first(/^8 given up: .*inputs\.epochs.*"three"/)],
    ],
    ["check-inputs", () => [], ["inputs.epochs: expected an integer, got 2.5"]],
    ["check-inputs", () => ["train", '{ "epochs": 2 }'], ["the inputs fit"]],
    ["diff-inputs", () => [], ['epochs: 3 → "1152921504606846976"']],
    ["blob-proxy", () => [], ["200 a model"]],
    ["blob-proxy", () => ["s3://my-s3-bucket/none"], ["404 "]],
    ["recover-failed", () => [], ["flytesnacks/development/hungry recovered"]],
    ["scheduled-plans", () => [], ["nightly 0 3 * * *"]],
    ["slowest-nodes", () => [], [first(/^n0 SUCCEEDED \d+\.\d s$/)]],
    ["stop-long-runs", () => ["1"], ["flytesnacks/development/gated stopped"]],
    ["register-branch-and-map", () => ["v3"], ["registered math v3"]],
    ["register", () => ["v2"], [first(/^launched flytesnacks\/development\/[a-z0-9]+$/)]],
    [
      "save-outputs",
      () => ["training", "n0", folder],
      [first(/outputs\.json \d+ bytes$/), first(/model\.onnx 7 bytes$/)],
    ],
    [
      "tree",
      () => [],
      [
        first(/^training SUCCEEDED$/),
        first(/^ *n0 SUCCEEDED$/),
        first(/^ *#0 FAILED/),
        first(/^ *#1 SUCCEEDED/),
      ],
    ],
    ["unit-test", () => [], ["the test passed"]],
    ["wait-with-progress", () => [], [first(/^\d+ s SUCCEEDED/), "succeeded"]],
    ["wait-with-progress", () => ["hungry"], [first(/^\d+ s FAILED/), first(/^failed: .*memory/)]],
    [
      "watch-list",
      () => ["4"],
      ["added training SUCCEEDED", "added hungry FAILED", "added gated RUNNING", "these are all 3"],
    ],
  ])("runs %s", async (name, args, expected) => {
    expect(await linesOf(name, args())).toEqual(expected);
  });

  test("has a question for each program, and a page with all of them", async () => {
    expect(Object.keys(questions)).toEqual(Object.keys(programs));
    expect(await readFile("docs/cookbook.md", "utf8")).toBe(cookbookPage());
  });

  test("has each program in the table and in this test, under 60 lines", async () => {
    const files = (await readdir(source)).filter((file) => !helpers.includes(file));
    expect(files.sort()).toEqual(
      Object.keys(programs)
        .map((name) => `${name}.ts`)
        .sort(),
    );
    for (const file of files) {
      const text = await readFile(join(source, file), "utf8");
      expect([file, text.trimEnd().split("\n").length < 60]).toEqual([file, true]);
    }
  });
});
