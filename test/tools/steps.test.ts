import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

import { addUp, runSteps, summary } from "../../tools/lib/steps.mjs";

describe("steps of a check", () => {
  const printed: string[] = [];

  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(console, "log").mockImplementation((line: string) => {
      printed.push(line);
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const passing = (title: string) => ({ title, run: () => Promise.resolve() });
  const failing = (title: string, text: string) => ({
    title,
    run: () => Promise.reject(new Error(text)),
  });

  it("counts what passed and what failed, and continues after a failure", async () => {
    const steps = [passing("a"), failing("b", "no"), passing("c")];
    expect(await runSteps(steps)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  it("prints what is wrong below the title, cut where it is long", async () => {
    const text = Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n");
    await runSteps([failing("long", text)]);
    const [report = ""] = printed;
    expect(report).toMatch(/^FAIL .* long\n +line 0\n/);
    expect(report).toMatch(/ +… 440 more lines$/);
  });

  it("runs as many at a time as asked, and starts them in their order", async () => {
    const started: number[] = [];
    let open = 0;
    let most = 0;
    const steps = Array.from({ length: 6 }, (_, index) => ({
      title: `${index}`,
      run: async () => {
        started.push(index);
        open += 1;
        most = Math.max(most, open);
        await Promise.resolve();
        open -= 1;
      },
    }));
    await runSteps(steps, { concurrency: 3 });
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(3);
  });

  it("closes with one line that adds everything up", () => {
    const parts = [
      { passed: 40, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 0 },
    ];
    expect(summary(addUp(parts))).toBe("42 passed, 1 failed");
    expect(summary({ passed: 1, failed: 0, skipped: 3 })).toBe("1 passed, 0 failed, 3 skipped");
  });
});
