import { describe, expect, it } from "@jest/globals";

import { wires } from "../../support/wires.js";
import { faultRun } from "./fault-run.js";

const { FAULT_WIRE, FAULT_SEED = "1", FAULT_ROUNDS = "40", FAULT_RUNS = "1" } = process.env;
const rounds = Number(FAULT_ROUNDS);
const seeds = Array.from({ length: Number(FAULT_RUNS) }, (_, run) => Number(FAULT_SEED) + run);
const chosen = wires.filter(({ name }) => FAULT_WIRE === undefined || name === FAULT_WIRE);

describe.each(chosen.map((wire) => [wire.name, wire] as const))("over %s", (_, wire) => {
  it.each(seeds)(
    "nothing is lost, doubled, out of order, hung, leaked or shown, with the faults of seed %d",
    async (seed) => {
      const report = await faultRun(wire, seed, rounds);
      expect(report.rounds).toBe(rounds);
      if (rounds >= 40) expect(report.faultsThatStruck).toBeGreaterThan(rounds / 8);
    },
    120_000 + rounds * 1_000,
  );
});
