import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { displayWidth } from "../../src/cli/output/index.js";
import { seedExecution } from "../../src/testing.js";
import { type CliWorld, createCliWorld, scope, seedRun } from "./world.js";

const hostile = "\u001b]0;owned\u0007\u001b[31mred\u009b2J\u202egnp.exe\r\nsecond line 表表表";

describe("the command line in a terminal", () => {
  let world: CliWorld;

  beforeAll(async () => {
    world = await createCliWorld();
    await seedRun(world.flyte, { name: "big", nodes: 10, attempts: 50 });
    await seedExecution(world.flyte, {
      ...scope,
      name: "hostile",
      phase: "FAILED",
      error: { message: hostile },
    });
  });

  afterAll(() => world.dispose());

  test.each([60, 90, 200])("fits tables into %i columns", async (columns) => {
    const run = await world.cli.startInTerminal(["attempts", "big"], columns).ended;
    const lines = plainLines(run.stdout);
    expect(lines).toHaveLength(501);
    expect(lines[0]).toMatch(/^NODE +ATTEMPT +PHASE +STARTED +DURATION/);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    // What is copied from a table is whole.
    expect(lines[1]).toMatch(/^n0 +0 +FAILED +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
  });

  test("colors phases in a terminal alone, and not with NO_COLOR", async () => {
    const args = ["executions", "--where=name=hostile"];
    const shown = await world.cli.startInTerminal(args, 120).ended;
    expect(shown.stdout).toContain("\u001b[31mFAILED");
    const piped = await world.cli.run(args);
    expect(piped.stdout).not.toContain("\u001b");
  });

  test.each([
    ["table", ["executions", "--where=name=hostile"]],
    ["JSON lines", ["executions", "--where=name=hostile", "--json"]],
    ["facts", ["get", "hostile"]],
    ["tree", ["tree", "hostile"]],
    ["error of outputs", ["outputs", "hostile"]],
    ["end of a wait", ["wait", "hostile"]],
  ])("shows no control character of the server in a %s", async (_, args) => {
    const run = await world.cli.run(args);
    const text = run.stdout + run.stderr;
    expect(text).toContain("red");
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test("writes the same JSON as the server has, though control characters are escaped", async () => {
    const run = await world.cli.run(["get", "hostile", "--json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({ closure: { error: { message: hostile } } });
  });

  test("shows progress on stderr of a terminal while stdout is a file, and takes it away", async () => {
    const run = await world.cli.startInTerminalShell("flyte-admin attempts big --json > /dev/null")
      .ended;
    expect(run.stdout).toMatch(/\d+ attempts/);
    expect(run.stdout.endsWith("\r\u001b[K")).toBe(true);
  });

  test("ends by Ctrl-C with 130 and without words", async () => {
    await seedExecution(world.flyte, { ...scope, name: "long", phase: "RUNNING" });
    const run = world.cli.startInTerminal(["wait", "long"], 80);
    await run.shows("long RUNNING");
    run.kill("SIGINT");
    const ended = await run.ended;
    expect(ended.exitCode).toBe(130);
    expect(plainLines(ended.stdout).at(-1)?.replace("^C", "").trim() ?? "").toBe("");
  });

  test("ends by SIGTERM with 143", async () => {
    await seedExecution(world.flyte, { ...scope, name: "long-2", phase: "RUNNING" });
    const run = world.cli.start(["watch", "long-2"]);
    await run.shows("RUNNING");
    run.kill("SIGTERM");
    const ended = await run.ended;
    expect([ended.exitCode, ended.stderr]).toEqual([143, ""]);
  });
});

/** The lines of a terminal without colors, and as they look after what was written over. */
function plainLines(text: string): string[] {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/\u001b\[[\d;?]*[A-Za-z]/g, "")
      .split("\r\n")
      .map((line) => line.slice(line.lastIndexOf("\r") + 1))
      .filter((line) => line !== "")
  );
}
