import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { mapConcurrent } from "../../../src/index.js";
import { seededRandom } from "../faults/seeded-random.js";
import {
  Aborter,
  abortingWires,
  type AbortingServer,
  openServer,
  resultOf,
} from "./aborting-servers.js";

// DEADLINE_SEED and DEADLINE_CALLS (of each wire) choose others.
const { DEADLINE_SEED = "1", DEADLINE_CALLS = "240" } = process.env;

/** How much earlier than the client's timer the server aborts a call, in milliseconds. */
const leads = { "at the deadline": 0, "a little before the client's timer": 4 } as const;

const lanes = Object.entries(abortingWires).flatMap(([wire, { serve, open }]) =>
  Object.entries(leads).map(([lead, earlyMs]) => ({
    name: `over ${wire}, aborted ${lead}`,
    open: () => openServer(serve(new Aborter(earlyMs)), open),
  })),
);

describe("Servers that abort calls when their time is over", () => {
  const servers = new Map<string, AbortingServer>();

  beforeAll(async () => {
    for (const { name, open } of lanes) servers.set(name, await open());
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
  });

  /** The errors of some calls of one server, each with how often it came. */
  async function outcomesOf(
    { admin }: AbortingServer,
    calls: number,
    concurrency: number,
  ): Promise<Readonly<Record<string, number>>> {
    const random = seededRandom(Number(DEADLINE_SEED));
    const limits = Array.from({ length: calls }, () => 1 + random.below(200));
    const call = (timeoutMs: number): Promise<string> =>
      resultOf(admin.identity.getServerVersion({ timeoutMs }));
    const outcomes: Record<string, number> = {};
    for await (const outcome of mapConcurrent(limits, call, { concurrency, ordered: false })) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    return outcomes;
  }

  // All servers are asked at the same time, so that calls that are made one at a time take no longer than the others.
  it.each([
    ["one at a time", 1, false, 0.05],
    ["sixteen at a time", 16, false, 0.75],
    ["sixteen at a time on a busy event loop", 16, true, 0.2],
  ])(
    `end every call as a DeadlineExceededError, %s, with the limits of seed ${DEADLINE_SEED}`,
    async (_, concurrency, isBusy, share) => {
      const calls = Math.ceil((Number(DEADLINE_CALLS) / Object.keys(leads).length) * share);
      const busy = setInterval(() => {
        const until = performance.now() + (isBusy ? 15 : 0);
        while (performance.now() < until);
      }, 20);
      try {
        const outcomes = await Promise.all(
          [...servers].map(async ([name, server]) => [
            name,
            await outcomesOf(server, calls, concurrency),
          ]),
        );
        expect(Object.fromEntries(outcomes)).toEqual(
          Object.fromEntries(
            lanes.map(({ name }) => [name, { "DeadlineExceededError DEADLINE_EXCEEDED": calls }]),
          ),
        );
      } finally {
        clearInterval(busy);
      }
    },
    60_000 + Number(DEADLINE_CALLS) * 200,
  );
});
