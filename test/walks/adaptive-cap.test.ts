import { describe, expect, it } from "@jest/globals";

import { AdaptiveCap } from "../../src/walks/tree/adaptive-cap.js";

/** A server that does `callMs` of work a call, one after the other, at the end of a way. */
function afterCalls(calls: number, way: { readonly roundTripMs: number; readonly callMs: number }) {
  const cap = new AdaptiveCap();
  const caps: number[] = [];
  for (let call = 0; call < calls; call++) {
    // In a steady state, calls wait for as much work as the way does not hold.
    const queuedMs = Math.max(0, cap.cap * way.callMs - way.roundTripMs - way.callMs);
    const waitMs = call % cap.cap === 0 ? 0 : queuedMs;
    cap.learn(way.roundTripMs + way.callMs + waitMs, true);
    caps.push(cap.cap);
  }
  return caps;
}

describe("The bound on calls at once", () => {
  it("stays at 8 where the server is near", () => {
    expect(Math.max(...afterCalls(500, { roundTripMs: 0.3, callMs: 0.5 }))).toBe(8);
  });

  it("opens within a few round trips where calls are on the wire", () => {
    const caps = afterCalls(100, { roundTripMs: 50, callMs: 0.5 });
    expect(caps[0]).toBe(8);
    expect(caps[60]).toBeGreaterThanOrEqual(32);
    expect(Math.max(...afterCalls(2000, { roundTripMs: 100, callMs: 0.1 }))).toBe(64);
  });

  it("closes again when calls begin to wait for each other, down to 8", () => {
    const cap = new AdaptiveCap();
    for (let call = 0; call < 60; call++) cap.learn(50, true);
    expect(cap.cap).toBeGreaterThan(16);
    for (let call = 0; call < 500; call++) cap.learn(call % 7 === 0 ? 50 : 200, true);
    expect(cap.cap).toBe(8);
  });

  it("does not open while fewer calls are made than may be", () => {
    const cap = new AdaptiveCap();
    for (let call = 0; call < 500; call++) cap.learn(50, false);
    expect(cap.cap).toBe(8);
  });
});
