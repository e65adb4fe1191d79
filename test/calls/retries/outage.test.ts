import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, describe, expect, it, jest } from "@jest/globals";

import { GetVersionResponseSchema } from "../../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { withInterceptors } from "../../../src/calls/index.js";
import type { RetryOptions } from "../../../src/index.js";
import { unaryTransport } from "../../support/unary-transport.js";
import { stopClock } from "../../support/stopped-clock.js";

const { getVersion } = AdminService.method;

/** A server that can go away, and time that passes only by waits. */
class RestartingServer {
  nowMs = 0;
  /** When the server is back; it is away until then. */
  backAt = 0;
  /** When calls came while it was away. */
  readonly probes: number[] = [];
  readonly waits: number[] = [];
  /** Called after each wait. */
  onWait: (ms: number) => void = () => undefined;

  readonly transport = unaryTransport(async () => {
    await Promise.resolve();
    if (this.nowMs >= this.backAt) return;
    this.probes.push(this.nowMs);
    throw new ConnectError("connect ECONNREFUSED", Code.Unavailable, undefined, undefined, {
      code: "ECONNREFUSED",
    });
  });

  client(retry: RetryOptions = {}, timeoutMs?: number) {
    const delay = async (ms: number): Promise<void> => {
      this.waits.push(ms);
      // What was sent before the wait is answered by its end.
      await new Promise((resolve) => setImmediate(resolve));
      this.nowMs += ms;
      this.onWait(ms);
    };
    const settings = { retry: { delay, random: () => 0.5, ...retry } };
    const wrapped = withInterceptors(this.transport, settings);
    return () => wrapped.unary(getVersion, undefined, timeoutMs, undefined, {});
  }
}

describe("A server that is away", () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([1_000, 5_000, 10_000])("for %i ms is waited for by default", async (awayMs) => {
    const server = new RestartingServer();
    const call = server.client();
    await call();
    server.backAt = awayMs;
    const { message } = await call();
    expect(message).toEqual(create(GetVersionResponseSchema));
    // Waits grow to seconds.
    expect(server.probes.length).toBeLessThan(16);
    expect(Math.max(...server.waits)).toBeLessThanOrEqual(2_000);
  });

  it.each([0, 0.25, 0.5, 0.999])(
    "for 10 s is waited for whatever the jitter: %d",
    async (random) => {
      const server = new RestartingServer();
      const call = server.client({ random: () => random });
      await call();
      server.backAt = 10_000;
      await expect(call()).resolves.toBeDefined();
    },
  );

  it("is asked at other times by each client, none of which come in quick succession", async () => {
    const waitsWith = async (random: number): Promise<readonly number[]> => {
      const server = new RestartingServer();
      const call = server.client({ random: () => random });
      await call();
      server.backAt = 10_000;
      await call();
      return server.waits;
    };
    const [least, most] = [await waitsWith(0), await waitsWith(0.999)];
    const bounds = [100, 200, 400, 800, 1600, 2000];
    for (const [at, bound] of bounds.entries()) {
      expect(least[at]).toBe(bound / 2);
      expect(most[at]).toBeGreaterThan(bound * 0.99);
    }
  });

  it("is asked by one call at a time, however many wait, and costs the budget one retry a probe", async () => {
    const server = new RestartingServer();
    const call = server.client({ budget: 14 });
    await call();
    server.backAt = 10_000;
    const answers = await Promise.all(Array.from({ length: 64 }, () => call()));
    expect(answers).toHaveLength(64);
    const [first, ...later] = server.probes.filter((at) => at > 0);
    expect(first).toBeGreaterThan(0);
    expect(later.length).toBeLessThan(14);
    expect(server.probes.filter((at) => at === 0)).toHaveLength(64);
    expect(new Set(later).size).toBe(later.length);
  });

  it("ends a call that has waited for maxOutageMs, and the error names it", async () => {
    const server = new RestartingServer();
    const call = server.client({ maxOutageMs: 3_000 });
    await call();
    server.backAt = Infinity;
    await expect(call()).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("away for longer than retry.maxOutageMs (3000)"),
    });
    expect(server.nowMs).toBeGreaterThanOrEqual(3_000);
    expect(server.nowMs).toBeLessThan(5_001);
  });

  it("ends a call whose next wait would outlast its time limit, after few probes, and the error names it", async () => {
    stopClock();
    const server = new RestartingServer();
    server.onWait = (ms) => {
      jest.advanceTimersByTime(ms);
    };
    const call = server.client({ initialBackoffMs: 800 }, 700);
    await call();
    server.backAt = Infinity;
    await expect(call()).rejects.toMatchObject({
      code: "UNAVAILABLE",
      attempts: 6,
      message: expect.stringContaining(
        "the next attempt, 75 ms later, would be past timeoutMs (700)",
      ),
    });
    // Each at most half of what is left, and none of them near nothing.
    expect(server.waits).toEqual([263, 164, 102, 75, 75]);
  });

  it("ends a call when the budget is exhausted, and the error names it", async () => {
    const server = new RestartingServer();
    const call = server.client({ budget: 2 });
    await call();
    server.backAt = Infinity;
    const failures = await Promise.allSettled([call(), call(), call()]);
    for (const failure of failures) {
      expect(failure).toMatchObject({
        status: "rejected",
        reason: {
          code: "UNAVAILABLE",
          message: expect.stringContaining("(retry.budget, 2) is exhausted"),
        },
      });
    }
  });

  it("is given four attempts where it has never answered: the address is more likely wrong", async () => {
    const server = new RestartingServer();
    server.backAt = Infinity;
    await expect(server.client()()).rejects.toMatchObject({ code: "UNAVAILABLE", attempts: 4 });
  });

  it("is given the attempts that the caller chose", async () => {
    const server = new RestartingServer();
    const call = server.client({ maxAttempts: 2 });
    await call();
    server.backAt = Infinity;
    await expect(call()).rejects.toMatchObject({ attempts: 2 });
  });
});
