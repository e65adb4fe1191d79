import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

import { stopClock, until } from "../../support/stopped-clock.js";
import { Aborter, abortingWires, openServer, resultOf } from "./aborting-servers.js";

const defaultMs = 15_000;

describe.each(Object.entries(abortingWires))(
  "The default time limit over %s, on a server that aborts calls when it is over",
  (_, wire) => {
    beforeEach(() => {
      stopClock();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it.each([
      ["before the client's timer", 1, 100],
      ["long before the client's timer", 16, 700],
    ])("ends calls as DeadlineExceededErrors where the abort is %s", async (_, calls, earlyMs) => {
      const aborter = new Aborter(earlyMs);
      const opened = await openServer(wire.serve(aborter), wire.open);
      const { admin } = opened;
      try {
        for (let round = 0; round < 5; round += 1) {
          const results: string[] = [];
          for (let call = 0; call < calls; call += 1) {
            void resultOf(admin.identity.getServerVersion()).then((one) => results.push(one));
          }
          await until(() => aborter.waiting === calls);
          jest.advanceTimersByTime(defaultMs - earlyMs);
          await until(() => {
            // Calls that are sent again end by the client's own timer.
            jest.advanceTimersByTime(1);
            return results.length === calls;
          });
          expect(new Set(results)).toEqual(new Set(["DeadlineExceededError DEADLINE_EXCEEDED"]));
        }
      } finally {
        await opened.close();
      }
    });
  },
);
