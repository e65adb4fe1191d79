import type { PageSource } from "./page-source.js";

/** How a request for a page ended. */
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
