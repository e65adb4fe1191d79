import { isFlyteError, saysTooLarge } from "../../errors/index.js";
import type { RememberedList } from "./list-memory.js";

/** The call behind a list. */
export interface PageSource<T> {
  /** The name of the RPC, for errors. */
  readonly rpc: string;
  /** Asks for up to `limit` rows from `token` on; an empty token stands for the beginning, or the end. */
  fetch(request: {
    readonly limit: number;
    readonly token: string;
    readonly signal: AbortSignal | undefined;
  }): Promise<{ readonly items: readonly T[]; readonly token: string }>;
  /** Returns the key that distinguishes a row. */
  keyOf(item: T): string | number;
  /**
   * Selects the rows to return, where the server cannot leave the others out. Pages are then asked for in
   * full, whatever the limit.
   */
  readonly keep?: (item: T) => boolean;
  /** The size of a row on the wire, in bytes; asked of a few rows of a page, to choose the next page's size. */
  byteLengthOf?(item: T): number;
  /** The findings of earlier walks over the same list; left out where nothing is to be remembered. */
  readonly memory?: RememberedList;
}

/** The end of a request for a page. */
export type PageAnswer<T> =
  | {
      readonly kind: "page";
      readonly items: readonly T[];
      readonly token: string;
      /** When it came, by the clock of the walk, in milliseconds. */
      readonly arrivedAt: number;
    }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "cancelled" };

/** A page that was asked for. */
export interface PageRequest<T> {
  readonly token: string;
  readonly limit: number;
  /** When it was asked for, by the clock of the walk, in milliseconds. */
  readonly askedAt: number;
  /** Never rejects: a page that was asked for ahead may never be looked at. */
  readonly answer: Promise<PageAnswer<T>>;
  /** Whether the answer is there. */
  isAnswered(): boolean;
  /** Stops the request, and answers `cancelled` without waiting for it to notice. */
  cancel(reason?: unknown): void;
}

/** Asks for a page. */
export function requestPage<T>(
  source: PageSource<T>,
  { token, limit }: { readonly token: string; readonly limit: number },
  now: () => number,
): PageRequest<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const askedAt = now();
  let isAnswered = false;
  let settle: (answer: PageAnswer<T>) => void;
  const answer = new Promise<PageAnswer<T>>((resolve) => {
    settle = (answer) => {
      isAnswered = true;
      resolve(answer);
    };
    void fetchPage(source, { token, limit, signal }, now).then(settle);
  });
  return {
    token,
    limit,
    askedAt,
    answer,
    isAnswered: () => isAnswered,
    cancel: (reason) => {
      settle({ kind: "cancelled" });
      controller.abort(reason);
    },
  };
}

async function fetchPage<T>(
  source: PageSource<T>,
  request: Parameters<PageSource<T>["fetch"]>[0],
  now: () => number,
): Promise<PageAnswer<T>> {
  try {
    const { items, token } = await source.fetch(request);
    return { kind: "page", items, token, arrivedAt: now() };
  } catch (error) {
    return { kind: "failed", error };
  }
}

/**
 * Returns whether a page was too large, for the server, a gateway or this client.
 *
 * `RESOURCE_EXHAUSTED` alone does not say so: proxies limit the rate of requests with it, and asking
 * again at once, as for a smaller page, is what they do not want.
 */
export function isTooLarge(error: unknown): boolean {
  return (
    isFlyteError(error, "RESOURCE_EXHAUSTED") && saysTooLarge(error.serverMessage ?? error.message)
  );
}
