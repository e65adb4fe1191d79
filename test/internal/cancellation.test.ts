import { getEventListeners } from "node:events";

import { describe, expect, it } from "@jest/globals";

import { CanceledError, DeadlineExceededError, InvalidOptionError } from "../../src/index.js";
import {
  abortable,
  abortError,
  CancellationGroup,
  ClientClosedError,
  type Clock,
  createDeadline,
  linkSignals,
  sleep,
  withDeadline,
} from "../../src/internal/cancellation/index.js";
import { requireTimeLimit } from "../../src/internal/validation/index.js";

/** A clock whose timers fire when the test says so. */
class ManualClock implements Clock {
  readonly timers = new Set<() => void>();

  now(): number {
    return 0;
  }

  after(_ms: number, callback: () => void): () => void {
    this.timers.add(callback);
    return () => {
      this.timers.delete(callback);
    };
  }

  fire(): void {
    for (const callback of [...this.timers]) {
      this.timers.delete(callback);
      callback();
    }
  }
}

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;
const never = (): Promise<never> => new Promise<never>(() => undefined);

describe("sleep", () => {
  it("resolves when its time is over, and leaves no listener behind", async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const slept = sleep(10, signal, clock);
    expect(listeners(signal)).toBe(1);
    clock.fire();
    await slept;
    expect(listeners(signal)).toBe(0);
  });

  it("rejects with the signal's reason when that aborts, and leaves no timer behind", async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const slept = sleep(10, controller.signal, clock);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(slept).rejects.toBe(reason);
    expect(clock.timers.size).toBe(0);
    await expect(sleep(10, controller.signal, clock)).rejects.toBe(reason);
    expect(clock.timers.size).toBe(0);
  });
});

describe("abortable", () => {
  it("leaves no listener behind, however the work ends", async () => {
    const { signal } = new AbortController();
    await abortable(signal, () => Promise.resolve());
    await expect(abortable(signal, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(listeners(signal)).toBe(0);
  });
});

describe("linkSignals", () => {
  it("aborts with the first of the signals, and removes its listeners from all", () => {
    const first = new AbortController();
    const second = new AbortController();
    const { signal } = linkSignals([first.signal, undefined, second.signal]);
    const reason = new Error("second");
    second.abort(reason);
    expect(signal.reason).toBe(reason);
    expect([listeners(first.signal), listeners(second.signal)]).toEqual([0, 0]);
    first.abort(new Error("first"));
    expect(signal.reason).toBe(reason);
  });

  it("adds one listener to a signal that many share, and removes it with the last of them", () => {
    const { signal } = new AbortController();
    const links = Array.from({ length: 50 }, () => linkSignals([signal]));
    expect(listeners(signal)).toBe(1);
    for (const link of links.slice(1)) link.release();
    expect(listeners(signal)).toBe(1);
    links[0]?.release();
    expect(listeners(signal)).toBe(0);
    linkSignals([signal]);
    expect(listeners(signal)).toBe(1);
  });

  it("aborts all that share a signal, but not those that were released, even by one of the others", () => {
    const shared = new AbortController();
    const early = linkSignals([shared.signal]);
    const first = linkSignals([shared.signal]);
    const late = linkSignals([shared.signal]);
    const last = linkSignals([shared.signal]);
    early.release();
    first.signal.addEventListener("abort", () => {
      late.release();
    });
    shared.abort("left");
    expect([early, first, late, last].map(({ signal }) => signal.reason as unknown)).toEqual([
      undefined,
      "left",
      undefined,
      "left",
    ]);
    expect(listeners(shared.signal)).toBe(0);
  });

  it("links a signal that cannot be written to", () => {
    const controller = new AbortController();
    Object.preventExtensions(controller.signal);
    const { signal } = linkSignals([controller.signal]);
    controller.abort("left");
    expect(signal.reason).toBe("left");
  });

  it("has aborted where one of the signals has", () => {
    expect(linkSignals([AbortSignal.abort("x")]).signal.reason).toBe("x");
  });
});

describe("A deadline", () => {
  const timeoutError = (limitMs: number): Error => new Error(`over after ${limitMs}`);

  it("ends work that ignores its signal, and leaves neither timer nor listener behind", async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    let given: AbortSignal | undefined;
    const ended = withDeadline(
      { signals: [signal], timeoutMs: 5, timeoutError, clock },
      (inner) => {
        given = inner;
        return never();
      },
    );
    clock.fire();
    await expect(ended).rejects.toThrow("over after 5");
    expect(given?.aborted).toBe(true);
    expect([clock.timers.size, listeners(signal)]).toEqual([0, 0]);
  });

  it.each([[undefined], [0], [Infinity]])("is none for a limit of %s", (timeoutMs) => {
    const clock = new ManualClock();
    createDeadline({ timeoutMs, timeoutError, clock });
    expect(clock.timers.size).toBe(0);
  });

  it("is never reached beyond what a timer can hold", async () => {
    const deadline = createDeadline({ timeoutMs: 2 ** 31, timeoutError });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(deadline.signal.aborted).toBe(false);
  });

  it.each([[-1], [NaN], ["5"]])("refuses a limit of %s", (timeoutMs) => {
    expect(() => requireTimeLimit(timeoutMs as number)).toThrow(InvalidOptionError);
    expect(() => requireTimeLimit(timeoutMs as number)).toThrow(
      `got ${typeof timeoutMs === "string" ? JSON.stringify(timeoutMs) : timeoutMs}`,
    );
  });

  it("does not begin work whose signal has aborted", async () => {
    let begun = 0;
    const work = (): Promise<void> => {
      begun += 1;
      return Promise.resolve();
    };
    await expect(abortable(AbortSignal.abort(new Error("no")), work)).rejects.toThrow("no");
    expect(begun).toBe(0);
  });

  it("replaces what work fails with once it was aborted by the reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const ended = abortable(controller.signal, async () => {
      await Promise.resolve();
      controller.abort(reason);
      throw new Error("an echo");
    });
    await expect(ended).rejects.toBe(reason);
  });
});

describe("A cancellation group", () => {
  it("ends all work in flight, and what is begun later", async () => {
    const group = new CancellationGroup();
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const work = (ended: AbortSignal): Promise<void> => sleep(60_000, ended);
    const running = [group.run(work, signal), group.run(work)];
    group.end(new Error("all"));
    for (const one of [...running, group.run(work)]) {
      await one.catch((error: unknown) => seen.push(String(error)));
    }
    expect(seen).toEqual(["Error: all", "Error: all", "Error: all"]);
    expect(group.signal.reason).toMatchObject({ message: "all" });
    expect(listeners(signal)).toBe(0);
  });

  it("ends one piece of work with its caller's signal, and leaves the others", async () => {
    const group = new CancellationGroup();
    const controller = new AbortController();
    const one = group.run((ended) => sleep(60_000, ended), controller.signal);
    let isEnded = false;
    const other = group.run((ended) => sleep(60_000, ended));
    other.catch(() => {
      isEnded = true;
    });
    controller.abort(new Error("mine"));
    await expect(one).rejects.toThrow("mine");
    expect(isEnded).toBe(false);
    group.end();
    await expect(other).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("The error for an aborted signal", () => {
  it.each([
    [new DOMException("The operation was aborted due to timeout", "TimeoutError"), "timed out"],
    [new DeadlineExceededError("the outer one"), "timed out (the outer one)"],
  ])("is a DeadlineExceededError where its time was over: %s", (reason, words) => {
    const error = abortError(AbortSignal.abort(reason), "the wait");
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error.message).toContain(`the wait was ended: its signal ${words}`);
  });

  it("names a client that was closed", () => {
    const error = abortError(AbortSignal.abort(new ClientClosedError()), "the wait");
    expect(error).toBeInstanceOf(CanceledError);
    expect(error.message).toBe("the wait was ended: the client was closed.");
  });

  it.each([[new Error("left")], ["left"]])("names the reason of the caller: %s", (reason) => {
    const error = abortError(AbortSignal.abort(reason), "the wait");
    expect(error).toBeInstanceOf(CanceledError);
    expect(error.message).toBe("the wait was ended: its signal was aborted (left).");
  });
});
