import { type Clock, onAbort, sleep } from "../../internal/cancellation/index.js";

/** The document of a page, as far as it says whether somebody sees it. */
interface VisibleDocument extends EventTarget {
  readonly visibilityState: string;
}

/** Where there is no page, nothing is hidden. */
function pageDocument(): VisibleDocument | undefined {
  // Read at each call: workers and Node have none, and the types say that all have one.
  const { document } = globalThis as { readonly document?: VisibleDocument };
  return document;
}

/**
 * Waits while nobody sees the page, for so long at most, so that a page in a hundred tabs polls
 * little. It ends as soon as the page is seen, and at once where it is, or where there is no page.
 *
 * @returns rejects with the signal's reason when that aborts first
 */
export async function waitWhileHidden(
  maxMs: number,
  signal: AbortSignal,
  clock: Pick<Clock, "after">,
): Promise<void> {
  const page = pageDocument();
  if (page?.visibilityState !== "hidden") return;
  const seen = new AbortController();
  const release = onAbort([signal], ({ reason }) => {
    seen.abort(reason);
  });
  const look = (): void => {
    if (page.visibilityState !== "hidden") seen.abort();
  };
  page.addEventListener("visibilitychange", look);
  try {
    await sleep(maxMs, seen.signal, clock).catch(() => undefined);
  } finally {
    page.removeEventListener("visibilitychange", look);
    release();
  }
  signal.throwIfAborted();
}
