import { Code, ConnectError } from "@connectrpc/connect";

import { withDeadline } from "../../internal/cancellation/index.js";

/** The end of a call from outside. */
export interface CallEnd {
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** The deadline from now, in milliseconds; none when left out. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Runs work that ends when the caller goes away or the deadline passes, even if the work ignores
 * its signal.
 * @throws ConnectError CANCELLED or DEADLINE_EXCEEDED, with the texts of a Go server
 */
export async function withCallDeadline<T>(
  { signal, timeoutMs }: CallEnd,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeoutError = (): ConnectError =>
    new ConnectError("context deadline exceeded", Code.DeadlineExceeded);
  // To a server a deadline of 0 has passed.
  if (timeoutMs !== undefined && timeoutMs <= 0 && !signal.aborted) throw timeoutError();
  return withDeadline({ signals: [signal], timeoutMs, timeoutError, abortError: canceled }, work);
}

function canceled({ reason }: { readonly reason: unknown }): ConnectError {
  return reason instanceof ConnectError
    ? reason
    : new ConnectError("context canceled", Code.Canceled);
}
