import { isFlyteError } from "../errors/index.js";
import { SignInError, signedOutError } from "./errors.js";
import type { Renewal } from "./flow.js";
import { type AuthListener, tell } from "./auth-options.js";
import { readToken, type TokenStorage, writeToken } from "./token-storage.js";
import { isDue, isUsable, type AuthToken } from "./token.js";

/** The sources of a cache's tokens. */
export interface TokenSource {
  readonly isRenewable: boolean;
  renew(previous: AuthToken | undefined): Promise<Renewal>;
  signIn(): Promise<AuthToken>;
}

/** Dependencies of a token cache. */
export interface TokenCacheParts {
  readonly source: TokenSource;
  readonly nowMs: () => number;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** The storage that keeps the token between runs. */
  readonly store?: { readonly storage: TokenStorage; readonly key: string } | undefined;
  readonly listener?: AuthListener | undefined;
}

/** An attempt to get a token that many callers wait for. */
interface Attempt {
  /** `undefined` when only a person could sign in, and none was asked. */
  readonly token: Promise<AuthToken | undefined>;
  /** Whether a person may be asked. */
  readonly mayAsk: boolean;
}

/** The time for which a failed renewal in the background, and a failed sign-in, are not tried again, in milliseconds. */
const quietMs = 10_000;

/**
 * When to look into the storage after a refresh token was refused, in milliseconds after the look before. Another
 * process may have used it up a moment ago, and stores what it got for it as soon as the issuer has answered.
 */
const rereadPausesMs: readonly number[] = [0, 500, 1_500];

/** The number of stored tokens that are tried in turn, when each is refused. */
const maxRenewals = 3;

/**
 * One token for all callers. Whoever finds it gone starts the one attempt to get another, and all
 * others wait for that one; it belongs to no caller, so none can cancel it. Within the last part of
 * its life a token stays in use while the next one is requested in the background.
 */
export class TokenCache {
  readonly #parts: TokenCacheParts;
  #token: AuthToken | undefined;
  #attempt: Attempt | undefined;
  /** Grows when the token is replaced or dropped from outside: attempts that began before then are void. */
  #era = 0;
  #quietUntilMs = -Infinity;
  #failure: { readonly error: unknown; readonly untilMs: number } | undefined;

  constructor(parts: TokenCacheParts) {
    this.#parts = parts;
  }

  /** The token to send. */
  async get(): Promise<AuthToken> {
    const nowMs = this.#parts.nowMs();
    const token = this.#token;
    if (token === undefined || !isUsable(token, nowMs)) return this.#require(undefined);
    if (isDue(token, nowMs)) this.#renewInBackground(token, nowMs);
    return token;
  }

  /**
   * Reports that the server refused a token.
   * @returns the token to try once more with, or `undefined` when there is no other
   */
  async replace(refused: AuthToken): Promise<AuthToken | undefined> {
    const current = this.#token;
    // Someone else was refused before and has another token already.
    if (current !== undefined && current.accessToken !== refused.accessToken) return current;
    if (!this.#parts.source.isRenewable) return undefined;
    const token = await this.#require(refused);
    return token.accessToken === refused.accessToken ? undefined : token;
  }

  /** Takes a token from elsewhere, in place of any other and of any attempt in flight. */
  async put(token: AuthToken): Promise<void> {
    this.#era += 1;
    this.#failure = undefined;
    this.#attempt = undefined;
    await this.#keep(token);
  }

  /** Drops the token, also from the storage, and voids every attempt in flight. */
  async drop(): Promise<void> {
    this.#era += 1;
    this.#failure = undefined;
    this.#attempt = undefined;
    this.#token = undefined;
    await this.#forget();
  }

  async #require(refused: AuthToken | undefined): Promise<AuthToken> {
    const failure = this.#failure;
    if (failure !== undefined && this.#parts.nowMs() < failure.untilMs) throw failure.error;
    const era = this.#era;
    const token = await this.#share(true, refused);
    if (token !== undefined && era === this.#era) return token;
    if (this.#token !== undefined) return this.#token;
    throw signedOutError("the session was ended while a call waited for a token");
  }

  #renewInBackground(token: AuthToken, nowMs: number): void {
    if (!this.#parts.source.isRenewable || nowMs < this.#quietUntilMs) return;
    this.#quietUntilMs = nowMs + quietMs;
    // It is tried again at the end of the token's life, and fails a call only then.
    this.#share(false, token).catch(() => undefined);
  }

  #share(mayAsk: boolean, replaced: AuthToken | undefined): Promise<AuthToken | undefined> {
    const running = this.#attempt;
    if (running !== undefined && (running.mayAsk || !mayAsk)) return running.token;
    const begin = () => this.#obtain(mayAsk, replaced, this.#era);
    const token =
      running === undefined
        ? begin()
        : running.token.then(
            (found) => found ?? begin(),
            () => begin(),
          );
    const attempt: Attempt = { token, mayAsk };
    this.#attempt = attempt;
    const settle = (): void => {
      if (this.#attempt === attempt) this.#attempt = undefined;
    };
    token.then(settle, settle);
    return token;
  }

  async #obtain(
    mayAsk: boolean,
    replaced: AuthToken | undefined,
    era: number,
  ): Promise<AuthToken | undefined> {
    try {
      const found = await this.#withLock(() => this.#renewOrTakeStored(replaced, era));
      if (found !== undefined || !mayAsk) return found;
      return await this.#accept(await this.#parts.source.signIn(), era, "signedIn");
    } catch (error) {
      // Else each of a loop's calls would open a browser, run a command or ask the issuer again.
      if (mayAsk && era === this.#era && error instanceof SignInError) {
        this.#failure = { error, untilMs: this.#parts.nowMs() + quietMs };
      }
      throw error;
    }
  }

  /** Gets a token without asking a person. */
  async #renewOrTakeStored(
    replaced: AuthToken | undefined,
    era: number,
  ): Promise<AuthToken | undefined> {
    const { source } = this.#parts;
    let known = newer(this.#token, await this.#load());
    for (let renewal = 1; ; renewal++) {
      // Another process may have renewed the token that this one still holds.
      if (known !== undefined && this.#isFresh(known, replaced)) {
        if (era === this.#era) this.#token = known;
        return known;
      }
      const renewed = await source.renew(known);
      if (typeof renewed === "object") {
        return this.#accept(inherit(renewed, known), era, "renewed");
      }
      if (renewed === "impossible" || era !== this.#era) return undefined;
      const other = renewal < maxRenewals ? await this.#storedInstead(known) : undefined;
      if (other === undefined) {
        if (era === this.#era) await this.#endSession(known);
        return undefined;
      }
      known = other;
    }
  }

  #isFresh(token: AuthToken, replaced: AuthToken | undefined): boolean {
    const nowMs = this.#parts.nowMs();
    return (
      token.accessToken !== replaced?.accessToken && isUsable(token, nowMs) && !isDue(token, nowMs)
    );
  }

  /** Returns the token that another process stored in place of one whose refresh token was refused. */
  async #storedInstead(refused: AuthToken | undefined): Promise<AuthToken | undefined> {
    for (const ms of rereadPausesMs) {
      if (ms > 0) await this.#parts.wait(ms);
      const stored = await this.#load();
      if (stored === undefined) return undefined;
      if (stored.refreshToken !== refused?.refreshToken) return stored;
    }
    return undefined;
  }

  async #endSession(known: AuthToken | undefined): Promise<void> {
    if (known !== undefined) this.#token = { ...known, refreshToken: undefined };
    await this.#forget();
    tell(this.#parts.listener, {
      kind: "signedOut",
      reason: "the issuer no longer accepts the refresh token",
    });
  }

  async #accept(
    token: AuthToken,
    era: number,
    kind: "renewed" | "signedIn",
  ): Promise<AuthToken | undefined> {
    if (era !== this.#era) return undefined;
    await this.#keep(token);
    tell(this.#parts.listener, { kind });
    return token;
  }

  async #keep(token: AuthToken): Promise<void> {
    this.#token = token;
    this.#failure = undefined;
    this.#quietUntilMs = -Infinity;
    await this.#withStorage(({ storage, key }) => storage.save(key, writeToken(token)));
  }

  /** Reads the storage before each renewal: other processes write it too. */
  async #load(): Promise<AuthToken | undefined> {
    const text = await this.#withStorage(({ storage, key }) => storage.load(key));
    return text === undefined ? undefined : readToken(text);
  }

  async #forget(): Promise<void> {
    await this.#withStorage(({ storage, key }) => storage.remove(key));
  }

  /** Runs work while no other process that shares the storage does, where the storage can see to that. */
  async #withLock<T>(work: () => Promise<T>): Promise<T> {
    const { store, listener } = this.#parts;
    if (store?.storage.withLock === undefined) return work();
    const state: { running?: Promise<T> } = {};
    try {
      return await store.storage.withLock(store.key, () => (state.running = work()));
    } catch (error) {
      if (state.running !== undefined) return await state.running;
      tell(listener, { kind: "storageFailed", reason: storageFailure(error) });
      return work();
    }
  }

  async #withStorage<T>(
    work: (store: NonNullable<TokenCacheParts["store"]>) => Promise<T>,
  ): Promise<T | undefined> {
    const { store, listener } = this.#parts;
    if (store === undefined) return undefined;
    try {
      return await work(store);
    } catch (error) {
      tell(listener, { kind: "storageFailed", reason: storageFailure(error) });
      return undefined;
    }
  }
}

/** The reason why a storage failed. The text of another library's error is left out: it may hold the token. */
function storageFailure(error: unknown): string {
  if (isFlyteError(error)) return error.message;
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? `${error.name} (${code})` : error.name;
}

function newer(a: AuthToken | undefined, b: AuthToken | undefined): AuthToken | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.obtainedAtMs > a.obtainedAtMs ? b : a;
}

/** An answer to a refresh need not repeat the refresh token. */
function inherit(renewed: AuthToken, previous: AuthToken | undefined): AuthToken {
  return { ...renewed, refreshToken: renewed.refreshToken ?? previous?.refreshToken };
}
