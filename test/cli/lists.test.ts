import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { seedExecution } from "../../src/testing.js";
import { type CliWorld, createCliWorld, linesOf, scope, seedRun } from "./world.js";

describe("lists of the command line", () => {
  let world: CliWorld;

  beforeAll(async () => {
    world = await createCliWorld();
    const { flyte } = world;
    for (let at = 0; at < 250; at += 1) {
      await seedExecution(flyte, {
        ...scope,
        name: `run-${at}`,
        phase: at % 50 === 0 ? "FAILED" : "SUCCEEDED",
      });
    }
    await seedRun(flyte, { name: "big", nodes: 20, attempts: 60 });
  });

  afterAll(() => world.dispose());

  test("page to the end, the newest execution first", async () => {
    world.flyte.clearCalls();
    const run = await world.cli.run(["executions", "--json"]);
    expect(run.stderr).toBe("");
    expect(run.exitCode).toBe(0);
    const names = linesOf(run.stdout).map((line) => nameOf(line));
    expect(names).toHaveLength(251);
    expect(names.slice(0, 2)).toEqual(["big", "run-249"]);
    const pages = world.flyte.calls.filter(({ rpc }) => rpc === "ListExecutions");
    expect(pages.length).toBeGreaterThan(1);
  });

  test("have the rows that meet the conditions, in the order that is asked for", async () => {
    const run = await world.cli.run([
      "executions",
      "--where=phase=FAILED,name!=run-0",
      "--where=name~run-",
      "--order-by=name:desc",
      "--json",
    ]);
    expect(linesOf(run.stdout).map(nameOf)).toEqual(["run-50", "run-200", "run-150", "run-100"]);
  });

  test("are tables with the words of Flyte, whole in a pipe", async () => {
    const run = await world.cli.run(["executions", "-w", "phase=FAILED", "-n", "2"]);
    expect(linesOf(run.stdout).map((line) => line.split(/ {2,}/))).toEqual([
      ["NAME", "PHASE", "STARTED", "DURATION", "LAUNCH PLAN", "ERROR"],
      ["run-200", "FAILED", ...failure],
      ["run-150", "FAILED", ...failure],
    ]);
  });

  test("have all attempts of an execution, each once", async () => {
    const run = await world.cli.run(["attempts", "big", "--json"]);
    expect(run.exitCode).toBe(0);
    const rows = linesOf(run.stdout);
    expect(rows).toHaveLength(1200);
    expect(new Set(rows).size).toBe(1200);
  });

  test("have the attempts and the logs of one node", async () => {
    const attempts = await world.cli.run(["attempts", "big", "n3", "--where=phase=FAILED"]);
    expect(linesOf(attempts.stdout)).toHaveLength(1 + 6);
    const logs = await world.cli.run(["logs", "big", "n3", "--limit=1", "--json"]);
    expect(JSON.parse(logs.stdout)).toEqual({
      node: "n3",
      attempt: 0,
      name: "Pod",
      uri: "https://logs.example.com/n3/0",
    });
  });

  test("have the nodes of an execution", async () => {
    const run = await world.cli.run(["nodes", "big", "--where=nodeId=n7|n8"]);
    expect(linesOf(run.stdout).map((line) => line.split(/ +/).slice(0, 2))).toEqual([
      ["NODE", "PHASE"],
      ["n7", "RUNNING"],
      ["n8", "RUNNING"],
    ]);
  });

  test("show the tree as lines and as JSON lines", async () => {
    const run = await world.cli.run(["tree", "big"]);
    const lines = linesOf(run.stdout);
    expect(lines).toHaveLength(1 + 20 + 1200);
    expect(lines[0]).toMatch(/^big {2}RUNNING {2}/);
    expect(lines[1]).toMatch(/^ {2}n0 {2}RUNNING {2}/);
    expect(lines[2]).toMatch(/^ {4}attempt 0 {2}FAILED {2}30s {2}core\.retry\.flaky {2}/);
    const json = await world.cli.run(["tree", "big", "--json"]);
    expect(JSON.parse(linesOf(json.stdout)[1] ?? "")).toMatchObject({
      kind: "node",
      depth: 1,
      node: { id: { nodeId: "n0" } },
    });
  });

  test("end without an error when the reader goes away", async () => {
    const run = await world.cli.shell(
      "flyte-admin attempts big --json | head -n 2; echo ${PIPESTATUS[0]}",
    );
    expect(run.stderr).toBe("");
    const lines = linesOf(run.stdout);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe("0");
  });

  test("refuse a wrong condition before anything is asked, and point at it", async () => {
    world.flyte.clearCalls();
    const run = await world.cli.run(["executions", "--where=phse=FAILED"]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain("Use phase.\n  phse=FAILED\n  ^^^^\nThe fields are ");
    expect(world.flyte.calls).toEqual([]);
  });

  test("name the project that does not exist", async () => {
    const run = await world.cli.run(["executions", "--project=nowhere"]);
    expect(run.exitCode).toBe(5);
    expect(run.stderr).toContain("nowhere");
    expect(run.stdout).toBe("");
  });
});

const failure: readonly unknown[] = [
  expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  "1m",
  "core.flows.sample@v1",
  "the sample task was set to fail",
];

function nameOf(line: string): string {
  return /"id":\{[^}]*"name":"([^"]*)"/.exec(line)?.[1] ?? "";
}
