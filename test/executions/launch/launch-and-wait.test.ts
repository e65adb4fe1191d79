import { describe, expect, test } from "@jest/globals";

import { WorkflowExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import {
  AdminClient,
  CanceledError,
  DeadlineExceededError,
  outcomeOf,
  phaseOf,
  type WorkflowExecutionIdentifier,
} from "../../../src/index.js";
import { InMemoryFlyteAdmin, seedWorkflow } from "../../../src/testing.js";
import { FakeClock } from "../wait/fake-clock.js";

const scope = { project: "flytesnacks", domain: "development" };
const launchPlan = { name: "core.flows.sample" };

async function setUp() {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  await seedWorkflow(flyte);
  const clock = new FakeClock();
  const admin = new AdminClient({ transport: flyte.transport(), defaults: scope, clock });
  return { flyte, clock, admin };
}

describe("executions.launchAndWait", () => {
  test("launches, reports the id, and returns the execution as it ended", async () => {
    const { clock, admin } = await setUp();
    let failed = false;
    clock.onTick = async (now) => {
      if (now < 3_000 || failed) return;
      failed = true;
      await admin.executions.createEvent({
        executionId: { name: "nightly" },
        phase: WorkflowExecution_Phase.FAILED,
        occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
        outputResult: { case: "error", value: { code: "X", message: "no data" } },
      });
    };
    const launched: WorkflowExecutionIdentifier[] = [];
    const phases: string[] = [];
    const work = admin.executions.launchAndWait(
      { launchPlan, name: "nightly" },
      {
        onLaunch: (id) => launched.push(id),
        onUpdate: ({ phase }) => phases.push(phase),
      },
    );
    await clock.runUntil(work);
    const execution = await work;
    expect(launched).toMatchObject([{ ...scope, name: "nightly" }]);
    expect(phaseOf(execution)).toBe("FAILED");
    expect(outcomeOf(execution)).toMatchObject({ kind: "error", error: { message: "no data" } });
    expect(phases.at(-1)).toBe("FAILED");
  });

  test("ends with a deadline when timeoutMs is over, and the execution continues", async () => {
    const { clock, admin } = await setUp();
    const work = admin.executions.launchAndWait({ launchPlan, name: "slow" }, { timeoutMs: 2_000 });
    const ended = expect(work).rejects.toBeInstanceOf(DeadlineExceededError);
    await clock.runUntil(work.catch(() => undefined));
    await ended;
    expect(phaseOf(await admin.executions.get({ name: "slow" }))).toBe("UNDEFINED");
  });

  test("launches nothing when its signal has aborted or an option is invalid", async () => {
    const { flyte, admin } = await setUp();
    flyte.clearCalls();
    const signal = AbortSignal.abort();
    await expect(admin.executions.launchAndWait({ launchPlan }, { signal })).rejects.toBeInstanceOf(
      CanceledError,
    );
    await expect(admin.executions.launchAndWait({ launchPlan }, { timeoutMs: -1 })).rejects.toThrow(
      "timeoutMs",
    );
    expect(flyte.calls.filter(({ rpc }) => rpc === "CreateExecution")).toHaveLength(0);
  });
});
