import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { AdminClient, typedInterface, WorkflowExecution_Phase } from "../../src/index.js";
import {
  seedAttempts,
  seedExecution,
  seedGate,
  seedNode,
  seedWorkflow,
} from "../../src/testing.js";
import { type CliWorld, createCliWorld, scope } from "./world.js";

const page = readFileSync(new URL("../../docs/guides/command-line.md", import.meta.url), "utf8");
const lines = [...page.matchAll(/^```sh\n(.*?)^```$/gms)]
  .flatMap(([, block]) => (block ?? "").split("\n"))
  .filter((line) => line.startsWith("flyte-admin "));

/** The exit codes of the guide's commands on the server of this test, where they are not 0. */
const exitCodes: Readonly<Record<string, number>> = {
  "flyte-admin watch f5a1c0de": 10,
  "flyte-admin launch core.flows.train -i epochs=3 -i dataset=a --wait --timeout 2h": 13,
};

describe("docs/guides/command-line.md", () => {
  let world: CliWorld;

  beforeAll(async () => {
    world = await createCliWorld();
    const { flyte, cli } = world;
    mkdirSync(join(cli.home, ".config", "fish", "completions"), { recursive: true });
    await seedWorkflow(flyte, {
      ...scope,
      name: "core.flows.train",
      version: "v12",
      interface: typedInterface({ inputs: { epochs: "integer", dataset: "string" } }),
    });
    const admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
    await admin.launchPlans.activate({ name: "core.flows.train", version: "v12" });
    const executionId = await admin.executions.launch({
      launchPlan: { name: "core.flows.train" },
      name: "f5a1c0de",
      values: { epochs: 3, dataset: "a" },
    });
    const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
    await seedAttempts(flyte, { nodeExecutionId, count: 2 });
    const { closure } = await admin.executions.get(executionId);
    const occurredAt = closure?.createdAt ?? { seconds: 0n, nanos: 0 };
    await admin.executions.createEvent({
      executionId,
      phase: WorkflowExecution_Phase.FAILED,
      occurredAt,
      outputResult: { case: "error", value: { message: "CUDA out of memory" } },
    });
    await seedExecution(flyte, { ...scope, name: "train-6", phase: "SUCCEEDED" });
    await seedGate(flyte, {
      executionId: await seedExecution(flyte, { ...scope, name: "gate-1" }),
      signalId: "deploy",
    });
  });

  afterAll(() => world.dispose());

  test("shows commands that run, with the exit codes that it says", async () => {
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      // Not every machine has jq, and nobody waits for hours.
      const runnable = line.replace(/\| jq .*$/, "| cat").replace(/--timeout \S+/, "--timeout 1ms");
      const run = await world.cli.shell(`cd "$HOME"; set -o pipefail; ${runnable}`);
      const exitCode = exitCodes[line] ?? 0;
      expect([line, run.exitCode, run.stderr]).toEqual([line, exitCode, run.stderr]);
      if (exitCode === 0) expect(run.stderr).not.toContain("error:");
    }
  });
});
