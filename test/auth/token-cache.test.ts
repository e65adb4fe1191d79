import { describe, expect, it } from "@jest/globals";

import type { AuthEvent, TokenStorage } from "../../src/auth/index.js";
import type { Renewal } from "../../src/auth/flow.js";
import { TokenCache, type TokenSource } from "../../src/auth/token-cache.js";
import type { AuthToken } from "../../src/auth/token.js";
import { signInError } from "../../src/auth/errors.js";

const minuteMs = 60_000;

/** Something that is settled by hand. */
function gate<T>() {
  let open: (value: T) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** A cache with a clock of its own, and a source that counts. */
function setUp(
  options: {
    renew?: TokenSource["renew"];
    signIn?: TokenSource["signIn"];
    onWait?: () => void;
    stored?: Map<string, string>;
    withLock?: TokenStorage["withLock"];
    name?: string;
  } = {},
) {
  const clock = { ms: 1_000_000 };
  const counts = { renew: 0, signIn: 0 };
  const waits: number[] = [];
  const events: AuthEvent[] = [];
  let serial = 0;
  const make = (lifeMs = 30 * minuteMs): AuthToken => ({
    accessToken: `${options.name ?? "token"}-${++serial}`,
    refreshToken: `refresh-${serial}`,
    obtainedAtMs: clock.ms,
    expiresAtMs: clock.ms + lifeMs,
  });
  const { stored } = options;
  const cache = new TokenCache({
    nowMs: () => clock.ms,
    wait: (ms) => {
      waits.push(ms);
      options.onWait?.();
      return Promise.resolve();
    },
    listener: (event) => events.push(event),
    store:
      stored === undefined
        ? undefined
        : {
            key: "k",
            storage: {
              load: (key) => Promise.resolve(stored.get(key)),
              save: (key, text) => Promise.resolve(void stored.set(key, text)),
              remove: (key) => Promise.resolve(void stored.delete(key)),
              ...(options.withLock !== undefined && { withLock: options.withLock }),
            },
          },
    source: {
      isRenewable: true,
      renew: (previous) => {
        counts.renew++;
        if (options.renew !== undefined) return options.renew(previous);
        return Promise.resolve<Renewal>(previous === undefined ? "impossible" : make());
      },
      signIn: () => {
        counts.signIn++;
        return options.signIn?.() ?? Promise.resolve(make());
      },
    },
  });
  return { cache, clock, counts, waits, events, make };
}

/** Lets everything run that waits for nothing from outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe("the token cache", () => {
  it("signs in once for fifty callers at the same time", async () => {
    const { cache, counts } = setUp();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => cache.get()));
    expect(new Set(tokens.map((token) => token.accessToken))).toEqual(new Set(["token-1"]));
    expect(counts.signIn).toBe(1);
  });

  it("renews an expired token once for fifty callers at the same time", async () => {
    const { cache, clock, counts } = setUp();
    await cache.get();
    clock.ms += 31 * minuteMs;
    const before = counts.renew;
    const tokens = await Promise.all(Array.from({ length: 50 }, () => cache.get()));
    expect(new Set(tokens.map((token) => token.accessToken))).toEqual(new Set(["token-2"]));
    expect(counts.renew - before).toBe(1);
    expect(counts.signIn).toBe(1);
  });

  it("gets one new token when fifty calls are refused with the same one", async () => {
    const { cache, counts } = setUp();
    const token = await cache.get();
    const before = counts.renew;
    const next = await Promise.all(Array.from({ length: 50 }, () => cache.replace(token)));
    expect(new Set(next.map((each) => each?.accessToken))).toEqual(new Set(["token-2"]));
    expect(counts.renew - before).toBe(1);
  });

  it("answers a late refusal of an old token with the token that there is by then", async () => {
    const { cache, counts } = setUp();
    const old = await cache.get();
    await cache.replace(old);
    const before = counts.renew;
    expect((await cache.replace(old))?.accessToken).toBe("token-2");
    expect(counts.renew).toBe(before);
  });

  it("serves the token in the last part of its life and gets the next one meanwhile", async () => {
    const { cache, clock, counts } = setUp();
    await cache.get();
    clock.ms += 26 * minuteMs;
    expect((await cache.get()).accessToken).toBe("token-1");
    await settle();
    expect((await cache.get()).accessToken).toBe("token-2");
    expect(counts.signIn).toBe(1);
  });

  it("never asks a person in the background", async () => {
    const { cache, clock, counts } = setUp({ renew: () => Promise.resolve("impossible") });
    await cache.get();
    clock.ms += 26 * minuteMs;
    await cache.get();
    await settle();
    expect(counts.signIn).toBe(1);
    clock.ms += 5 * minuteMs;
    expect((await cache.get()).accessToken).toBe("token-2");
    expect(counts.signIn).toBe(2);
  });

  it("does not fail a call for a renewal in the background that fails, and waits before the next", async () => {
    const { cache, clock, counts } = setUp({
      renew: (previous) =>
        previous === undefined
          ? Promise.resolve("impossible")
          : Promise.reject(new Error("no network")),
    });
    await cache.get();
    clock.ms += 26 * minuteMs;
    const before = counts.renew;
    for (let call = 0; call < 10; call++) {
      expect((await cache.get()).accessToken).toBe("token-1");
      await settle();
    }
    expect(counts.renew - before).toBe(1);
    clock.ms += 11_000;
    await cache.get();
    await settle();
    expect(counts.renew - before).toBe(2);
  });

  it("no longer sends a token seconds before its end", async () => {
    const { cache, clock } = setUp();
    await cache.get();
    clock.ms += 30 * minuteMs - 5_000;
    expect((await cache.get()).accessToken).toBe("token-2");
  });

  it("uses a token that lives only four seconds for most of its life", async () => {
    const { cache, clock, make } = setUp();
    await cache.put(make(4_000));
    clock.ms += 3_000;
    expect((await cache.get()).accessToken).toBe("token-1");
  });

  it("does not let an older renewal undo a newer token", async () => {
    const slow = gate<Renewal>();
    const { cache, clock, make } = setUp({
      renew: (previous) => (previous === undefined ? Promise.resolve("impossible") : slow.promise),
    });
    await cache.get();
    clock.ms += 26 * minuteMs;
    await cache.get();
    await settle();
    const forced = make();
    await cache.put(forced);
    slow.open({ ...make(), accessToken: "old-answer" });
    await settle();
    expect((await cache.get()).accessToken).toBe(forced.accessToken);
  });

  it("does not bring a session back that was dropped while a renewal ran", async () => {
    const slow = gate<Renewal>();
    const stored = new Map<string, string>();
    const { cache, clock, make } = setUp({
      stored,
      renew: (previous) => (previous === undefined ? Promise.resolve("impossible") : slow.promise),
    });
    await cache.get();
    clock.ms += 31 * minuteMs;
    const waiting = cache.get();
    await settle();
    await cache.drop();
    slow.open(make());
    await expect(waiting).rejects.toMatchObject({ name: "SignedOutError" });
    expect(stored.size).toBe(0);
  });

  it("joins a refusal to the renewal that is under way", async () => {
    const slow = gate<Renewal>();
    const { cache, clock, counts, make } = setUp({
      renew: (previous) => (previous === undefined ? Promise.resolve("impossible") : slow.promise),
    });
    const token = await cache.get();
    clock.ms += 26 * minuteMs;
    await cache.get();
    await settle();
    const before = counts.renew;
    const replaced = cache.replace(token);
    slow.open(make());
    expect((await replaced)?.accessToken).toBe("token-2");
    expect(counts.renew).toBe(before);
  });

  it("keeps the refresh token that an answer does not repeat", async () => {
    const seen: (string | undefined)[] = [];
    const { cache, clock, make } = setUp({
      renew: (previous) => {
        seen.push(previous?.refreshToken);
        return Promise.resolve(
          previous === undefined ? "impossible" : { ...make(), refreshToken: undefined },
        );
      },
    });
    await cache.get();
    for (let round = 0; round < 2; round++) {
      clock.ms += 31 * minuteMs;
      await cache.get();
    }
    expect(seen).toEqual([undefined, "refresh-1", "refresh-1"]);
  });

  it("does not ask a person for each of many calls after a sign-in failed", async () => {
    const clock = { ms: 0 };
    let asked = 0;
    const cache = new TokenCache({
      nowMs: () => clock.ms,
      wait: () => Promise.resolve(),
      source: {
        isRenewable: true,
        renew: () => Promise.resolve("impossible"),
        signIn: () => {
          asked++;
          return Promise.reject(signInError("no", "Go.", { reason: "denied" }));
        },
      },
    });
    for (let call = 0; call < 5; call++) {
      await expect(cache.get()).rejects.toMatchObject({ name: "SignInError", reason: "denied" });
    }
    expect(asked).toBe(1);
    clock.ms += 10_001;
    await expect(cache.get()).rejects.toThrow("no");
    expect(asked).toBe(2);
  });
});

describe("a sign-in that fails", () => {
  it("is not tried again by each of many calls, also where no person is asked", async () => {
    const refuse = () => Promise.reject(signInError("no", "Go.", { reason: "refused" }));
    const { cache, clock, counts } = setUp({ renew: refuse, signIn: refuse });
    for (let call = 0; call < 20; call++) {
      await expect(cache.get()).rejects.toMatchObject({ name: "SignInError" });
    }
    expect(counts.renew + counts.signIn).toBe(1);
    clock.ms += 10_001;
    await expect(cache.get()).rejects.toThrow("no");
    expect(counts.renew + counts.signIn).toBe(2);
  });
});

describe("the storage of tokens", () => {
  it("hands the session to the next run", async () => {
    const stored = new Map<string, string>();
    await setUp({ stored }).cache.get();
    const next = setUp({ stored });
    expect((await next.cache.get()).accessToken).toBe("token-1");
    expect(next.counts).toEqual({ renew: 0, signIn: 0 });
  });

  it("takes the token that another process has renewed meanwhile", async () => {
    const stored = new Map<string, string>();
    const one = setUp({ stored, name: "one" });
    const two = setUp({ stored, name: "two" });
    const token = await one.cache.get();
    await two.cache.get();
    two.clock.ms += 1;
    expect((await two.cache.replace(token))?.accessToken).toBe("two-1");
    const before = one.counts.renew;
    expect((await one.cache.replace(token))?.accessToken).toBe("two-1");
    expect(one.counts.renew).toBe(before);
  });

  it("takes what another process has stored when its own refresh token is refused", async () => {
    const stored = new Map<string, string>();
    // Rotating refresh tokens: each is good once.
    const good = new Set<string | undefined>();
    const rotating = (name: string) => {
      const parts = setUp({
        stored,
        name,
        renew: (previous) => {
          if (previous === undefined) return Promise.resolve("impossible");
          if (!good.delete(previous.refreshToken)) return Promise.resolve("invalid");
          const next = parts.make();
          const token = { ...next, refreshToken: `${name}-${next.refreshToken ?? ""}` };
          good.add(token.refreshToken);
          return Promise.resolve(token);
        },
      });
      return parts;
    };
    const one = rotating("one");
    const two = rotating("two");
    good.add((await one.cache.get()).refreshToken);
    await two.cache.get();
    one.clock.ms += 31 * minuteMs;
    two.clock.ms += 31 * minuteMs;
    const slowLoad = stored.get("k")!;
    const renewed = await one.cache.get();
    // The second process has read the storage just before the first one wrote it.
    const kept = stored.get("k")!;
    stored.set("k", slowLoad);
    const waiting = two.cache.get();
    stored.set("k", kept);
    expect((await waiting).accessToken).toBe(renewed.accessToken);
    expect(stored.get("k")).toBe(kept);
    expect([one.counts.signIn, two.counts.signIn]).toEqual([1, 0]);
    expect(two.events).toEqual([]);
  });

  describe("with a lock, and an issuer that ends the session where a refresh token comes twice", () => {
    /** Two processes that hold one session, whose token has ended, and the refresh tokens that were sent. */
    async function twoProcesses(makeLock: () => TokenStorage["withLock"]) {
      const stored = new Map<string, string>();
      const withLock = makeLock();
      const sent: (string | undefined)[] = [];
      const process = (name: string) => {
        const parts: ReturnType<typeof setUp> = setUp({
          stored,
          name,
          ...(withLock !== undefined && { withLock }),
          renew: async (previous) => {
            if (previous === undefined) return "impossible";
            const isReused = sent.includes(previous.refreshToken);
            sent.push(previous.refreshToken);
            // The issuer takes a moment, in which the other process asks too.
            await settle();
            const next = parts.make();
            return isReused || new Set(sent).size < sent.length
              ? "invalid"
              : { ...next, refreshToken: `${name}-${next.refreshToken ?? ""}` };
          },
        });
        return parts;
      };
      const one = process("one");
      const two = process("two");
      await one.cache.get();
      await two.cache.get();
      one.clock.ms += 31 * minuteMs;
      two.clock.ms += 31 * minuteMs;
      const tokens = await Promise.all([one.cache.get(), two.cache.get()]);
      return { tokens: tokens.map(({ accessToken }) => accessToken), sent, one, two };
    }

    /** One piece of work at a time, as a lock of a file or of a browser runs it. */
    const queue = (): NonNullable<TokenStorage["withLock"]> => {
      let last: Promise<unknown> = Promise.resolve();
      return (_key, work) => {
        const next = last.then(work);
        last = next.catch(() => undefined);
        return next;
      };
    };

    it("sends the refresh token once, and hands both processes the new token", async () => {
      const { tokens, sent, one, two } = await twoProcesses(queue);
      expect(sent).toEqual(["refresh-1"]);
      expect(new Set(tokens).size).toBe(1);
      expect([one.counts.signIn, two.counts.signIn]).toEqual([1, 0]);
      expect([...one.events, ...two.events].map(({ kind }) => kind)).toEqual([
        "signedIn",
        "renewed",
      ]);
    });

    it("loses the session where the storage has no lock", async () => {
      const { one, two } = await twoProcesses(() => undefined);
      expect(one.counts.signIn + two.counts.signIn).toBeGreaterThan(1);
    });

    it("renews all the same where the lock fails, and reports it once", async () => {
      const { cache, counts, events } = setUp({
        stored: new Map(),
        withLock: () => Promise.reject(new Error("the disk is full")),
      });
      expect((await cache.get()).accessToken).toBe("token-1");
      expect(counts).toEqual({ renew: 1, signIn: 1 });
      expect(events.map(({ kind }) => kind)).toEqual(["storageFailed", "signedIn"]);
    });

    it("fails as the renewal does, and does not take that for a failure of the storage", async () => {
      const { cache, counts, events } = setUp({
        stored: new Map(),
        withLock: queue(),
        renew: () => Promise.reject(new Error("no network")),
      });
      await expect(cache.get()).rejects.toThrow("no network");
      expect([counts.renew, events]).toEqual([1, []]);
    });
  });

  it("waits a moment for another process that has used the refresh token up and has no answer yet", async () => {
    const stored = new Map<string, string>();
    const parts: ReturnType<typeof setUp> = setUp({
      stored,
      onWait: () => stored.set("k", JSON.stringify({ ...parts.make(), accessToken: "others" })),
      renew: (previous) => Promise.resolve(previous === undefined ? "impossible" : "invalid"),
    });
    await parts.cache.get();
    parts.clock.ms += 31 * minuteMs;
    expect((await parts.cache.get()).accessToken).toBe("others");
    expect(parts.counts.signIn).toBe(1);
  });

  it("drops a refresh token only when the issuer says that it is invalid", async () => {
    const stored = new Map<string, string>();
    const answers: Renewal[] = ["impossible", "invalid"];
    const { cache, clock, events } = setUp({
      stored,
      renew: (previous) =>
        previous === undefined
          ? Promise.resolve("impossible")
          : Promise.resolve(answers.shift() ?? "impossible"),
    });
    await cache.get();
    const text = stored.get("k");
    clock.ms += 26 * minuteMs;
    await cache.get();
    await settle();
    expect(stored.get("k")).toBe(text);
    clock.ms += 11_000;
    await cache.get();
    await settle();
    expect(stored.has("k")).toBe(false);
    expect(events.map((event) => event.kind)).toEqual(["signedIn", "signedOut"]);
  });

  it("does not fail a call, and is reported", async () => {
    const events: AuthEvent[] = [];
    const broken = () => Promise.reject(new Error("token-1 cannot be kept"));
    const cache = new TokenCache({
      nowMs: () => 0,
      wait: () => Promise.resolve(),
      listener: (event) => events.push(event),
      store: { key: "k", storage: { load: broken, save: broken, remove: broken } },
      source: {
        isRenewable: true,
        renew: () => Promise.resolve("impossible"),
        signIn: () => Promise.resolve({ accessToken: "token-1", obtainedAtMs: 0 }),
      },
    });
    expect((await cache.get()).accessToken).toBe("token-1");
    expect(events.map((event) => event.kind)).toContain("storageFailed");
    expect(JSON.stringify(events)).not.toContain("token-1");
  });

  it.each(["", "null", "[]", "{}", '{"accessToken":1}', "{"])(
    "takes no notice of a stored text that is none of its own: %s",
    async (text) => {
      const { cache, counts } = setUp({ stored: new Map([["k", text]]) });
      await cache.get();
      expect(counts.signIn).toBe(1);
    },
  );
});
