import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import {
  AdminClient,
  listType,
  outcomeOf,
  phaseOf,
  typedInterface,
  WorkflowExecution_Phase,
  type WorkflowExecutionIdentifier,
} from "../../src/index.js";
import { seedExecution, seedGate, seedWorkflow } from "../../src/testing.js";
import { type CliWorld, createCliWorld, linesOf, parseJson, scope, seedRun } from "./world.js";

describe("executions by the command line", () => {
  let world: CliWorld;
  let admin: AdminClient;

  beforeAll(async () => {
    world = await createCliWorld();
    admin = new AdminClient({ transport: world.flyte.transport(), defaults: scope });
  });

  afterAll(() => world.dispose());

  test.each([
    ["SUCCEEDED", 0],
    ["FAILED", 10],
    ["ABORTED", 11],
    ["TIMED_OUT", 12],
  ] as const)("wait for one that is %s ends with exit code %i", async (phase, exitCode) => {
    const name = `w-${phase.toLowerCase().replace("_", "-")}`;
    await seedExecution(world.flyte, { ...scope, name, phase });
    const run = await world.cli.run(["wait", name]);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stdout).toBe(`${name} ${phase} after 1m\n`);
  });

  test("wait ends with 13 when the time is over, and with 5 for one that does not exist", async () => {
    await seedExecution(world.flyte, { ...scope, name: "w-long", phase: "RUNNING" });
    const over = await world.cli.run(["wait", "w-long", "--timeout=1ms"]);
    expect([over.exitCode, over.stdout]).toEqual([13, ""]);
    const unknown = await world.cli.run(["wait", "w-nobody"]);
    expect(unknown.exitCode).toBe(5);
    expect(unknown.stderr).toContain("NOT_FOUND");
  });

  test("watch follows one execution to its end, and ends with its exit code", async () => {
    const executionId = await seedExecution(world.flyte, { ...scope, name: "c-1" });
    const run = world.cli.start(["watch", "c-1"]);
    await run.shows("c-1  RUNNING\n");
    await endExecution(admin, executionId, WorkflowExecution_Phase.FAILED);
    const { exitCode, stdout } = await run.ended;
    expect(exitCode).toBe(10);
    expect(stdout).toMatch(/c-1 {2}FAILED {2}out of memory\n$/);
  });

  test("watch follows a list through what is added, updated and removed", async () => {
    const executionId = await seedExecution(world.flyte, { ...scope, name: "c-2" });
    const run = world.cli.start(["watch", "--where=name~c-2,phase=RUNNING", "--json"]);
    await run.shows('{"kind":"synced","count":1}\n');
    await seedExecution(world.flyte, { ...scope, name: "c-20" });
    await run.shows('"name":"c-20"');
    await endExecution(admin, executionId, WorkflowExecution_Phase.FAILED);
    await run.shows('{"kind":"removed"');
    run.kill("SIGINT");
    const { exitCode, stdout, stderr } = await run.ended;
    expect([exitCode, stderr]).toEqual([130, ""]);
    expect(linesOf(stdout).map((line) => /"kind":"(\w+)"/.exec(line)?.[1])).toEqual([
      "added",
      "synced",
      "added",
      "removed",
    ]);
    const both = await world.cli.run(["watch", "c-2", "--where=phase=RUNNING"]);
    expect(both.exitCode).toBe(2);
  });

  test("terminate aborts all that are named, and reports each that it cannot abort", async () => {
    await seedExecution(world.flyte, { ...scope, name: "t-1", phase: "RUNNING" });
    await seedExecution(world.flyte, { ...scope, name: "t-2", phase: "SUCCEEDED" });
    const run = await world.cli.run(["terminate", "t-1", "t-2", "--cause=wrong data"]);
    expect(run.stdout).toBe("t-1\n");
    expect(run.stderr).toContain("error: t-2: ");
    expect(run.exitCode).toBe(1);
    const aborted = await admin.executions.get({ ...scope, name: "t-1" });
    expect(outcomeOf(aborted)).toMatchObject({ kind: "aborted", cause: "wrong data" });
  });

  test("approve lists the signals, and sets one", async () => {
    const executionId = await seedExecution(world.flyte, { ...scope, name: "gate-1" });
    await seedGate(world.flyte, { executionId, signalId: "deploy" });
    const listed = await world.cli.run(["approve", "gate-1"]);
    expect(linesOf(listed.stdout).at(-1)).toMatch(/^deploy +waits$/);
    const set = await world.cli.run(["approve", "gate-1", "deploy", "--reject"]);
    expect([set.exitCode, set.stdout]).toEqual([0, "deploy rejected\n"]);
    const after = await world.cli.run(["approve", "gate-1"]);
    expect(linesOf(after.stdout).at(-1)).toMatch(/^deploy +false$/);
  });

  test("relaunch and recover write the name of the new execution", async () => {
    await seedExecution(world.flyte, { ...scope, name: "r-1", phase: "FAILED" });
    const relaunched = await world.cli.run(["relaunch", "r-1", "--name=r-2"]);
    expect([relaunched.exitCode, relaunched.stdout]).toEqual([0, "r-2\n"]);
    const recovered = await world.cli.run(["recover", "r-1", "--name=r-3", "--json"]);
    expect(JSON.parse(recovered.stdout)).toEqual({ ...scope, name: "r-3" });
    expect(phaseOf(await admin.executions.get({ name: "r-3" }))).toBe("UNDEFINED");
  });

  test("types writes a file that --check compares", async () => {
    const typed = { ...scope, name: "core.types" };
    await seedWorkflow(world.flyte, {
      ...typed,
      interface: typedInterface({ inputs: { epochs: "integer" } }),
    });
    const out = join(world.cli.home, "flyte.gen.ts");
    const args = ["types", "--launch-plan=core.types@v1", `--out=${out}`];
    const missing = await world.cli.run([...args, "--check"]);
    expect([missing.exitCode, missing.stdout]).toEqual([1, ""]);
    expect(missing.stderr).toContain("is not there");
    const written = await world.cli.run(args);
    expect([written.exitCode, written.stderr]).toEqual([0, ""]);
    expect(readFileSync(out, "utf8")).toContain("epochs: ");
    expect((await world.cli.run([...args, "--check"])).exitCode).toBe(0);
    writeFileSync(out, "// another workflow\n");
    const changed = await world.cli.run([...args, "--check"]);
    expect(changed.exitCode).toBe(1);
    expect(changed.stderr).toContain("is not up to date");
    expect((await world.cli.run(["types", "--check"])).exitCode).toBe(2);
  });

  describe("launch", () => {
    beforeAll(async () => {
      await seedWorkflow(world.flyte, {
        ...scope,
        name: "core.typed",
        interface: typedInterface({
          inputs: { epochs: "integer", note: "string", rates: listType("float") },
        }),
      });
    });

    test("sends inputs with the types that are declared, from options and from a file", async () => {
      const file = join(mkdtempSync(join(world.cli.home, "inputs-")), "inputs.json");
      writeFileSync(file, JSON.stringify({ epochs: 1, note: "of the file", rates: [0.5] }));
      const run = await world.cli.run([
        "launch",
        "core.typed@v1",
        `--inputs=${file}`,
        "-i",
        "note=3",
        "-i",
        "epochs=9007199254740993",
        "--name=l-1",
      ]);
      expect(run.stderr).toBe("");
      expect(run.stdout).toBe("l-1\n");
      const inputs = await world.cli.run(["inputs", "l-1"]);
      expect(JSON.parse(inputs.stdout)).toEqual({
        epochs: "9007199254740993",
        note: "3",
        rates: [0.5],
      });
    });

    test("relaunch changes the inputs that are given", async () => {
      const run = await world.cli.run(["relaunch", "l-1", "-i", "note=changed", "--name=l-1b"]);
      expect([run.stderr, run.stdout]).toEqual(["", "l-1b\n"]);
      const inputs = await world.cli.run(["inputs", "l-1b"]);
      expect(parseJson(inputs.stdout)).toEqual({
        epochs: "9007199254740993",
        note: "changed",
        rates: [0.5],
      });
    });

    test("reads inputs from the standard input", async () => {
      const run = await world.cli.run(["launch", "core.typed", "--inputs=-", "--name=l-2"], {
        stdin: '{"epochs": 2, "note": "", "rates": []}',
      });
      expect([run.stderr, run.stdout]).toEqual(["", "l-2\n"]);
    });

    test("names the input that does not exist, and the type that does not fit", async () => {
      const unknown = await world.cli.run(["launch", "core.typed", "-i", "epoch=1"]);
      expect(unknown.exitCode).toBe(2);
      expect(unknown.stderr).toContain('"epoch". Use epochs.');
      const wrong = await world.cli.run([
        "launch",
        "core.typed@v1",
        ...["-i", "epochs=true", "-i", "note=a", "-i", "rates=[]"],
      ]);
      expect(wrong.exitCode).toBe(2);
      expect(wrong.stderr).toContain("epochs");
    });
  });

  test("outputs of a failed one end with its exit code and its message", async () => {
    await seedExecution(world.flyte, { ...scope, name: "o-1", phase: "FAILED" });
    const run = await world.cli.run(["outputs", "o-1"]);
    expect([run.exitCode, run.stdout]).toEqual([10, ""]);
    expect(run.stderr).toContain("the sample task was set to fail");
  });

  test("outputs of an attempt are saved into a folder", async () => {
    await seedRun(world.flyte, { name: "o-2", nodes: 1, attempts: 2 });
    const folder = join(world.cli.home, "saved");
    const run = await world.cli.run(["outputs", "o-2", "n0", "1", `--save=${folder}`]);
    expect([run.stderr, run.exitCode]).toEqual(["", 0]);
    expect(readdirSync(folder)).toEqual(["outputs.json"]);
    expect(run.stdout).toBe(`${join(folder, "outputs.json")}\n`);
    expect(JSON.parse(readFileSync(join(folder, "outputs.json"), "utf8"))).toEqual({});
  });

  test("get shows facts, and takes ids with slashes", async () => {
    await seedRun(world.flyte, { name: "g-1", nodes: 1, attempts: 1 });
    const run = await world.cli.run(["get", "flytesnacks/development/g-1/n0"]);
    expect(run.stdout).toMatch(/^id +flytesnacks\/development\/g-1\/n0\nphase +RUNNING\n/);
    const attempt = await world.cli.run(["get", "g-1", "n0", "0"]);
    expect(attempt.stdout).toContain("error code  USER:ValueError\n");
    const none = await world.cli.run(["get", "g-1", "n0", "7"]);
    expect(none.exitCode).toBe(5);
    expect(none.stderr).toContain("no attempt 7");
  });
});

async function endExecution(
  admin: AdminClient,
  executionId: WorkflowExecutionIdentifier,
  phase: WorkflowExecution_Phase,
): Promise<void> {
  await admin.executions.createEvent({
    executionId,
    phase,
    occurredAt: { seconds: 1_768_467_660n, nanos: 0 },
    outputResult: { case: "error", value: { message: "out of memory" } },
  });
}
