import {
  CanceledError,
  DeadlineExceededError,
  errorText,
  type FlyteError,
} from "../errors/index.js";

/** The longest delay that a timer of JavaScript can hold, about 24.8 days. */
const maxTimerMs = 2_147_483_647;

/** What ends a call from outside: the caller's signal and the time limit, as one. */
export interface CallSignal {
  /** Aborts when the caller aborts or the time is over. */
  readonly signal: AbortSignal;
  /**
   * The work's result, or the end that came from outside, whichever is first. It does not
   * wait for work that takes no notice of the signal, and starts none when the end has come.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Stops the timer and leaves the caller's signal alone. Must be called when the work is over. */
  done(): void;
}

/** What a {@link CallSignal} is made from. */
export interface CallSignalOptions {
  readonly rpc: string;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
  /** The time limit in milliseconds. None when `undefined`, 0, negative or infinite. */
  readonly timeoutMs: number | undefined;
}

/**
 * Starts the clock of a call. When the caller aborts, the work is rejected with a
 * `CanceledError` whose `cause` is the caller's reason; when the time is over,
 * with a `DeadlineExceededError`.
 */
export function startCallSignal({ rpc, signal, timeoutMs }: CallSignalOptions): CallSignal {
  const controller = new AbortController();
  let reject: ((error: FlyteError) => void) | undefined;
  let failure: FlyteError | undefined;
  const attempts = signal?.aborted === true ? 0 : 1;

  const failureSoFar = (): FlyteError | undefined => failure;
  const end = (error: FlyteError): void => {
    if (failure !== undefined) return;
    failure = error;
    controller.abort(error);
    reject?.(error);
  };
  const onAbort = (): void => {
    const reason: unknown = signal?.reason;
    const words = `the caller's signal ended the call${textOf(reason)}`;
    end(new CanceledError(errorText(rpc, "CANCELLED", words), { rpc, attempts, cause: reason }));
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  if (signal?.aborted === true) {
    onAbort();
  } else {
    signal?.addEventListener("abort", onAbort, { once: true });
    if (timeoutMs !== undefined && timeoutMs > 0 && timeoutMs <= maxTimerMs) {
      timer = setTimeout(() => {
        end(deadlineExceeded(rpc, timeoutMs));
      }, timeoutMs);
    }
  }

  return {
    signal: controller.signal,
    run: async (work) => {
      const early = failureSoFar();
      if (early !== undefined) throw early;
      const ended = new Promise<never>((_, rejectEnd) => {
        reject = rejectEnd;
      });
      try {
        return await Promise.race([work(), ended]);
      } catch (error) {
        // What a transport throws for an abort is its own echo of the failure.
        throw failureSoFar() ?? error;
      } finally {
        // Transports hold a call's signal a while longer, and with it would hold the answer.
        reject = undefined;
      }
    },
    done: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

/** The error for a call whose time is over; `lastFailure` is what an earlier attempt failed with. */
export function deadlineExceeded(
  rpc: string,
  timeoutMs: number,
  lastFailure?: FlyteError,
): DeadlineExceededError {
  const before =
    lastFailure === undefined
      ? ""
      : `; the attempt before the last failed with ${lastFailure.code} (${lastFailure.serverMessage ?? "see cause"})`;
  const words = `there was no answer within ${timeoutMs} ms${before}`;
  return new DeadlineExceededError(errorText(rpc, "DEADLINE_EXCEEDED", words), {
    rpc,
    attempts: 1,
    cause: lastFailure,
  });
}

function textOf(reason: unknown): string {
  const isError = typeof reason === "object" && reason !== null && "message" in reason;
  const text = isError ? reason.message : reason;
  return typeof text === "string" && text !== "" ? ` (${text})` : "";
}
