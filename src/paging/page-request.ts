import type { PageSource } from "./page-source.js";

/** How a request for a page ended. */
export type PageAnswer<T> =
  | { readonly kind: "page"; readonly items: readonly T[]; readonly token: string }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "cancelled" };

/** A page that was asked for. */
export interface PageRequest<T> {
  readonly token: string;
  readonly limit: number;
  /** Never rejects: a page that was asked for ahead may never be looked at. */
  readonly answer: Promise<PageAnswer<T>>;
  /** Stops the request, and answers `cancelled` without waiting for it to notice. */
  cancel(reason?: unknown): void;
}

/** Asks for a page. */
export function requestPage<T>(
  source: PageSource<T>,
  token: string,
  limit: number,
): PageRequest<T> {
  const controller = new AbortController();
  const cancelled = new Promise<PageAnswer<T>>((resolve) => {
    const onAbort = (): void => {
      resolve({ kind: "cancelled" });
    };
    controller.signal.addEventListener("abort", onAbort, { once: true });
  });
  return {
    token,
    limit,
    answer: Promise.race([fetchPage(source, token, limit, controller.signal), cancelled]),
    cancel: (reason) => {
      controller.abort(reason);
    },
  };
}

async function fetchPage<T>(
  source: PageSource<T>,
  token: string,
  limit: number,
  signal: AbortSignal,
): Promise<PageAnswer<T>> {
  try {
    const { items, token: next } = await source.fetch({ limit, token, signal });
    return { kind: "page", items, token: next };
  } catch (error) {
    return { kind: "failed", error };
  }
}
