import { onAbort, sleep, type WaitingClock } from "../../internal/cancellation/index.js";
import { addJitter } from "./poll-schedule.js";

const hiddenPollMs = 30_000;
/** Hidden pages often belong together, as tabs that were opened at once. */
const hiddenJitter = 0.2;

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
 * Waits while nobody sees the page, for half a minute, and up to a fifth more or less: a page in a
 * hundred tabs polls little. It ends as soon as the page is seen, and at once where it is, or where
 * there is no page.
 *
 * @returns rejects with the signal's reason when that aborts first
 */
export async function waitWhileHidden(signal: AbortSignal, clock: WaitingClock): Promise<void> {
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
    const maxMs = addJitter(hiddenPollMs, clock.random(), hiddenJitter);
    await sleep(maxMs, seen.signal, clock).catch(() => undefined);
  } finally {
    page.removeEventListener("visibilitychange", look);
    release();
  }
  signal.throwIfAborted();
}
