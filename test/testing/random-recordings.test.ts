import { beforeAll, describe, expect, it } from "@jest/globals";

import { type Difference, equalShare, type Replay, replayRun } from "../support/random-runs.js";

/** The least share of calls in a run that must be answered as the recorded server did. */
const leastEqual = { answers: 0.96, codes: 0.99 };

describe.each([101, 102, 103, 104])("a random run of a real FlyteAdmin (seed %i)", (seed) => {
  let replay: Replay;

  beforeAll(async () => {
    replay = await replayRun(`seed-${seed}.jsonl.gz`);
  }, 120_000);

  it("is answered as the server answered it", () => {
    expect(replay.compared).toBeGreaterThan(2_000);
    const shares = { answers: equalShare(replay), codes: equalShare(replay, ["code"]) };
    const isEnough = shares.answers >= leastEqual.answers && shares.codes >= leastEqual.codes;
    expect(isEnough ? [] : [shares, summary(replay.differences)]).toEqual([]);
  });

  it("gets every workflow compiled or refused as the server did", () => {
    const ofWorkflows = replay.differences.filter(({ rpc }) =>
      ["CreateWorkflow", "GetWorkflow"].includes(rpc),
    );
    expect(ofWorkflows).toEqual([]);
  });
});

describe("workflows as flytekit registers them", () => {
  it("get the compiled closures that the server gave them", async () => {
    const { compared, differences } = await replayRun("flytekit-workflows.jsonl.gz");
    expect(differences).toEqual([]);
    expect(compared).toBe(79);
  });
});

/** How many differences there are of each kind, most first, with one example of each. */
function summary(differences: readonly Difference[]): readonly unknown[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const key = `${difference.rpc}: ${difference.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([key, group]) => ({ [key]: group.length, example: group[0] }));
}
