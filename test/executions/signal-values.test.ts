import { beforeEach, describe, expect, test } from "@jest/globals";

import { AdminClient, InvalidOptionError, literalToValue, SimpleType } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution, seedGate } from "../../src/testing.js";

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let id: Awaited<ReturnType<typeof seedGate>>;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const executionId = await seedExecution(flyte, { name: "gated" });
  id = await seedGate(flyte, { executionId, signalId: "count", type: SimpleType.INTEGER });
  admin = new AdminClient({ transport: flyte.transport() });
  flyte.clearCalls();
});

describe("setting a signal of an integer", () => {
  test.each([
    [3, 3n],
    [-1n, -1n],
    [2n ** 62n, 2n ** 62n],
  ])("takes %p, as launches do", async (integer, expected) => {
    await admin.signals.set(id, { integer });
    const signal = await admin.signals.list({ executionId: id.executionId! }).first();
    if (signal?.value === undefined) throw new Error("the signal is not set");
    expect(literalToValue(signal.value)).toBe(expected);
  });

  test.each([1.5, Number.NaN, 2 ** 53, 2n ** 63n, "3" as never])(
    "refuses %p before the call",
    async (integer) => {
      const work = admin.signals.set(id, { integer });
      await expect(work).rejects.toBeInstanceOf(InvalidOptionError);
      await expect(work).rejects.toThrow("value.integer must be");
      expect(flyte.calls).toHaveLength(0);
    },
  );
});
