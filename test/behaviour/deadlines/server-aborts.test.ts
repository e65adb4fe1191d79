import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { seededRandom } from "../faults/seeded-random.js";
import {
  Aborter,
  abortingWires,
  type AbortingServer,
  openServer,
  resultOf,
} from "./aborting-servers.js";

// DEADLINE_SEED and DEADLINE_CALLS (of each wire) choose others; 10,000 calls take about three minutes.
const { DEADLINE_SEED = "1", DEADLINE_CALLS = "240" } = process.env;

describe.each(
  Object.entries(abortingWires).flatMap(([name, wire]) => [
    [name, "at the deadline", wire, 0] as const,
    [name, "a little before the client's timer", wire, 4] as const,
  ]),
)("Over %s, a server that aborts calls %s", (_, __, wire, earlyMs) => {
  let server: AbortingServer;

  beforeAll(async () => {
    server = await openServer(wire.serve(new Aborter(earlyMs)), wire.open);
  });
  afterAll(() => server.close());

  const codeOf = (timeoutMs: number): Promise<string> =>
    resultOf(server.admin.identity.getServerVersion({ timeoutMs }));

  it.each([
    ["one at a time", 1, false, 0.1],
    ["sixteen at a time", 16, false, 0.45],
    ["sixteen at a time on a busy event loop", 16, true, 0.45],
  ])(
    `ends every call as a DeadlineExceededError, %s, with the limits of seed ${DEADLINE_SEED}`,
    async (_, parallel, isBusy, share) => {
      const random = seededRandom(Number(DEADLINE_SEED));
      const calls = (Number(DEADLINE_CALLS) / 2) * share;
      const codes = new Set<string>();
      const busy = setInterval(() => {
        const until = performance.now() + (isBusy ? 15 : 0);
        while (performance.now() < until);
      }, 20);
      try {
        for (let done = 0; done < calls; done += parallel) {
          const limits = Array.from({ length: parallel }, () => 1 + random.below(200));
          for (const code of await Promise.all(limits.map(codeOf))) codes.add(code);
        }
      } finally {
        clearInterval(busy);
      }
      expect([...codes]).toEqual(["DeadlineExceededError DEADLINE_EXCEEDED"]);
    },
    60_000 + Number(DEADLINE_CALLS) * 1_000,
  );
});
