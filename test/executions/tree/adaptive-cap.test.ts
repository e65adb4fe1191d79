import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { AdaptiveCap, CallQueue } from "../../../src/executions/tree/call-queue.js";
import { type BusyModel, BusyServer } from "./busy-server.js";

/** FlyteAdmin on two cores: 2,000 calls in 1.1 s with eight at once, 2.3 s one after another. */
const flyteAdmin = { roundTripMs: 0, callMs: 1.1, varies: 0.8, lanes: 2, clientMs: 0 } as const;

/** Makes calls as a tree of 20 parents does, as many at once as the queue allows. */
async function walked(model: Partial<BusyModel>, calls = 2000) {
  const server = new BusyServer({ ...flyteAdmin, ...model });
  const queue = new CallQueue("auto", server.time.now);
  const children = Array.from({ length: calls / 20 }, (_, child) => child);
  const parents = Array.from({ length: 20 }, (_, parent) => parent);
  const walk = async (): Promise<void> => {
    await queue.run([0], server.call);
    const under = async (parent: number): Promise<void> => {
      await queue.run([1, parent], server.call);
      await Promise.all(children.map((child) => queue.run([1, parent, child], server.call)));
    };
    await Promise.all(parents.map(under));
  };
  const tookMs = await server.time.run(queue.read(walk));
  const inside = server.inside.sort((a, b) => a - b);
  const part = (share: number): number => inside[Math.floor(inside.length * share)] ?? 0;
  const { roundTripMs, callMs } = { ...flyteAdmin, ...model };
  const timesSerial = (inside.length * (roundTripMs + callMs)) / tookMs;
  return { timesSerial, part, mostInside: part(0.9999), mostInFlight: server.mostInFlight };
}

describe("A walk that lets latency say how many calls fly", () => {
  it("keeps 8 calls in a server that is near, and is twice as fast as one after another", async () => {
    const { mostInFlight, timesSerial } = await walked({});
    expect(mostInFlight).toBe(8);
    expect(timesSerial).toBeGreaterThan(1.95);
  });

  it.each([20, 50, 100])(
    "has at most 8 calls in a server %i ms away but for moments, and is far faster than one after another",
    async (roundTripMs) => {
      const { timesSerial, part, mostInside, mostInFlight } = await walked({ roundTripMs });
      expect(part(0.9)).toBeLessThanOrEqual(8);
      expect(mostInside).toBeLessThanOrEqual(16);
      expect(mostInFlight).toBeGreaterThanOrEqual(32);
      expect(timesSerial).toBeGreaterThan(roundTripMs < 50 ? 28 : 42);
    },
  );

  it("is not slowed down by the time that answers wait for a busy client", async () => {
    const { timesSerial } = await walked({ roundTripMs: 50, clientMs: 0.9 });
    expect(timesSerial).toBeGreaterThan(40);
  });

  it("keeps calls from piling up in a slow server, and keeps that busy", async () => {
    const slow = { callMs: 7, varies: 0.3, roundTripMs: 20 };
    const { part, timesSerial } = await walked(slow, 1000);
    expect(part(0.5)).toBeLessThanOrEqual(8);
    expect(part(0.95)).toBeLessThanOrEqual(12);
    // Two lanes cannot do more than this.
    const most = (20 + slow.callMs) / (slow.callMs / 2);
    expect(timesSerial).toBeGreaterThan(0.9 * most);
  });
});

describe("The bound on calls at once", () => {
  it("is between 8 and 64, and never more than 8 beyond the calls that are made", () => {
    const anyCall = fc.record({
      latencyMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
      answers: fc.integer({ min: 1, max: 64 }),
      inFlight: fc.integer({ min: 1, max: 64 }),
    });
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 200 }), (calls) => {
        const cap = new AdaptiveCap();
        for (const call of calls) {
          cap.learn(call);
          expect(cap.cap).toBeGreaterThanOrEqual(8);
          expect(cap.cap).toBeLessThanOrEqual(Math.max(8, Math.min(64, call.inFlight + 7)));
        }
      }),
    );
  });

  it("opens on a long way, and closes again down to 8 when the server answers fewer", () => {
    const cap = new AdaptiveCap();
    const learnAt = (answersPerMs: number): void => {
      const latencyMs = Math.max(50, cap.cap / answersPerMs);
      cap.learn({ latencyMs, answers: cap.cap, inFlight: cap.cap });
    };
    for (let call = 0; call < 500; call++) learnAt(2);
    expect(cap.cap).toBe(64);
    for (let call = 0; call < 500; call++) learnAt(0.02);
    expect(cap.cap).toBe(8);
  });

  it("does not hold a connection that had to be opened against the server", () => {
    const cap = new AdaptiveCap();
    cap.learn({ latencyMs: 400, answers: 1, inFlight: 1 });
    for (let call = 0; call < 64; call++) {
      cap.learn({ latencyMs: 50, answers: cap.cap, inFlight: cap.cap });
    }
    expect(cap.cap).toBeGreaterThanOrEqual(32);
  });

  it("does not open while fewer calls are made than may be", () => {
    const cap = new AdaptiveCap();
    for (let call = 0; call < 500; call++) cap.learn({ latencyMs: 50, answers: 1, inFlight: 1 });
    expect(cap.cap).toBe(8);
  });
});
