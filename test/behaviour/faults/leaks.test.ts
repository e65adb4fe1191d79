import { describe, expect, it } from "@jest/globals";

import { wires } from "../../support/wires.js";
import { faultRun } from "./fault-run.js";
import type { Stage } from "./scenarios.js";

const wire = wires.find(({ name }) => name === "in process")!;

describe("the fault suite catches a leak that is planted", () => {
  const kept: unknown[] = [];
  const timers: NodeJS.Timeout[] = [];
  const plants: readonly (readonly [string, (stage: Stage) => void, string])[] = [
    ["of memory", () => void kept.push(new Array(100_000).fill(1.5)), "memory leaks"],
    ["of timers", () => void timers.push(setTimeout(() => undefined, 60_000)), "handles leak"],
    [
      "of listeners",
      ({ signal }) => {
        signal.addEventListener("abort", () => undefined);
      },
      "[Function anonymous]",
    ],
  ];

  it.each(plants)("%s", async (_, plant, words) => {
    try {
      await expect(faultRun(wire, 1, 40, plant)).rejects.toThrow(words);
    } finally {
      kept.length = 0;
      for (const timer of timers.splice(0)) clearTimeout(timer);
    }
  });

  it("and takes the same run without it for clean", async () => {
    expect((await faultRun(wire, 1, 40)).rounds).toBe(40);
  });
});
