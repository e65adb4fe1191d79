import { Code, ConnectError } from "@connectrpc/connect";

/** The longest time that a timer takes, in milliseconds; a longer deadline is none. */
const maxTimerMs = 2_147_483_647;

/** How long a call may take, and who may end it. */
export interface Lifetime {
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** The deadline from now, in milliseconds; none when left out. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Runs work that ends when the caller goes away or the deadline passes, even
 * if the work does not look at its signal.
 * @throws ConnectError CANCELLED or DEADLINE_EXCEEDED, with the texts of a Go server
 */
export function withLifetime<T>(
  { signal, timeoutMs }: Lifetime,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    };
    const end = (error: ConnectError): void => {
      settle();
      reject(error);
      controller.abort(error);
    };
    const cancel = (): void => {
      const reason: unknown = signal.reason;
      end(
        reason instanceof ConnectError
          ? reason
          : new ConnectError("context canceled", Code.Canceled),
      );
    };
    const expire = (): void => {
      end(new ConnectError("context deadline exceeded", Code.DeadlineExceeded));
    };
    if (signal.aborted) {
      cancel();
      return;
    }
    if (timeoutMs !== undefined && timeoutMs <= 0) {
      expire();
      return;
    }
    signal.addEventListener("abort", cancel);
    if (timeoutMs !== undefined && timeoutMs <= maxTimerMs) timer = setTimeout(expire, timeoutMs);
    work(controller.signal).then(resolve, reject).finally(settle);
  });
}

/** Resolves after some time, in milliseconds, or rejects with the signal's reason when it aborts first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** Never resolves; rejects with the signal's reason when it aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise<never>((_, reject) => {
    const stop = (): void => {
      reject(reasonOf(signal));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new ConnectError("context canceled", Code.Canceled);
}
