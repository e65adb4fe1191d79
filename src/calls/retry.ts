import { create } from "@bufbuild/protobuf";
import type { Interceptor, UnaryRequest, UnaryResponse } from "@connectrpc/connect";
import { type FlyteError, networkFaultOf, toFlyteError } from "../errors/index.js";
import { sleep } from "../internal/cancellation/index.js";
import { type CallKind, callKindOf, isTransient, saysDone } from "./call-class.js";
import type { Call } from "./call.js";
import { isBrowser } from "./headers.js";
import { resendCheckOf, type ResendDecision } from "./idempotent-create.js";
import { Outage, RetryBudget } from "./retry-budget.js";
import {
  backoffMs,
  type BackoffRange,
  budgetOf,
  callLimits,
  clientLimits,
  type CompleteLimits,
  defaultAttempts,
  probeBackoffMs,
  type RetryOptions,
  withRetry,
} from "./retry-settings.js";

/** An attempt that failed and is followed by another one. */
export interface CallRetryEvent {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** The wait before the next attempt, in milliseconds. */
  readonly delayMs: number;
  /** The error of the attempt. */
  readonly error: FlyteError;
  /** The effect on the server when the call is sent twice. */
  readonly kind: CallKind;
}

/** The state that the calls of a client share: their settings and their budget. */
export interface Retrier {
  readonly limits: CompleteLimits;
  readonly budget: RetryBudget;
  readonly outage: Outage;
  readonly random: () => number;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Makes what the calls of a client share.
 *
 * @throws InvalidOptionError for a number that is out of its range.
 */
export function createRetrier(settings: RetryOptions | false | undefined): Retrier {
  const given = settings === false ? {} : (settings ?? {});
  return {
    limits: clientLimits(settings),
    budget: new RetryBudget(budgetOf(settings)),
    outage: new Outage(),
    random: given.random ?? Math.random,
    delay: given.delay ?? sleep,
  };
}

/**
 * Sends a call again after a failure that may pass, where that does no harm. It runs inside the
 * deadline: a backoff takes at most half of the remaining time. A wait that the server asks for and that
 * would outlast it is not begun: the caller gets the failure itself, whose text names the limit.
 *
 * A server that has answered and is away is waited for longer, and by all calls together; see
 * {@link Outage}.
 */
export function retryInterceptor(
  call: Call,
  retrier: Retrier,
  onRetry: (event: CallRetryEvent) => void,
): Interceptor {
  const { budget, delay, outage, random } = retrier;
  return (next) => async (request) => {
    if (request.stream) return next(request);
    const limits = callLimits(retrier.limits, request.contextValues);
    const kind = callKindOf(request.method, request.message);
    const startedWaitingAt = outage.waitedMs;
    let failures = 0;
    // Not where a sign-in failed: then the server has not seen the request.
    let mayHaveArrived = false;
    for (let attempt = 1; ; attempt += 1) {
      const decision = mayHaveArrived ? await decide(request, call) : undefined;
      if (decision?.kind === "done") return emptyAnswer(request);
      if (decision?.kind === "fail") throw decision.error;
      try {
        if (decision?.kind === "wait" && call.lastFailure !== undefined) throw call.lastFailure;
        // Interceptors further in write into the headers, for each attempt again.
        const response = await next({ ...request, header: new Headers(request.header) });
        budget.give();
        outage.end();
        return response;
      } catch (thrown) {
        const error = toFlyteError(thrown, call);
        if (isAnswered(error)) outage.end();
        if (mayHaveArrived && saysDone(request.method, error.code)) return emptyAnswer(request);
        const isAway = error.code === "UNAVAILABLE" && outage.hasAnswered && limits.maxOutageMs > 0;
        if (limits.maxAttempts === attempt || !isTransient(error, kind)) throw error;
        // A server that has never answered is asked how to sign in several times anyway.
        if (error.attempts === 0 && !isAway) throw error;
        mayHaveArrived ||= error.rpc === call.rpc;
        if (!outage.hasAnswered && isUnexplained(error) && isBrowser()) throw error;
        const checked = (delayMs: number | undefined): number => {
          const note =
            delayMs === undefined
              ? `the server asks to wait longer than retry.maxRetryAfterMs (${limits.maxRetryAfterMs})`
              : !hasTimeFor(delayMs, call)
                ? `the next attempt, ${delayMs} ms later, would be past timeoutMs (${call.timeoutMs ?? 0})`
                : budget.take()
                  ? undefined
                  : `the retry budget of the client (retry.budget, ${budget.size}) is exhausted`;
          if (delayMs === undefined || note !== undefined) {
            throw withNote(error, `It was not sent again: ${note ?? ""}.`);
          }
          onRetry({ rpc: call.rpc, attempt, delayMs, error, kind });
          return delayMs;
        };
        call.lastFailure = error;
        if (isAway) {
          const lead = (probe: number): number => {
            if (outage.waitedMs - startedWaitingAt >= limits.maxOutageMs) {
              const note = `The server was away for longer than retry.maxOutageMs (${limits.maxOutageMs}).`;
              throw withNote(error, note);
            }
            const range = shortened(limits, call, minProbeMs);
            const backoff = probeBackoffMs(Math.max(probe, attempt), range, random());
            // A wait of 0 would never reach the limit.
            return checked(waitBefore(error, limits, Math.max(1, backoff)));
          };
          await outage.wait(request.signal, lead, delay);
        } else {
          failures += 1;
          if (limits.maxAttempts === undefined && failures >= defaultAttempts) throw error;
          const backoff = backoffMs(attempt, shortened(limits, call, 0), random());
          const delayMs = waitBefore(error, limits, backoff);
          await delay(checked(delayMs), request.signal);
        }
        if (request.signal.aborted) throw error;
      }
    }
  };
}

/** Asks, before a later attempt, what is to be done; `undefined` where nobody has to be asked. */
async function decide(request: UnaryRequest, call: Call): Promise<ResendDecision | undefined> {
  const check = resendCheckOf(request.contextValues);
  if (check === undefined || call.lastFailure === undefined) return undefined;
  const timeoutMs = call.remainingMs();
  // To a call 0 means that there is no limit.
  if (timeoutMs !== undefined && timeoutMs <= 0) return undefined;
  const { signal } = request;
  return check(call.lastFailure, {
    signal,
    ...(timeoutMs !== undefined && { timeoutMs }),
    // Calls that fail are repeated as the request itself is, and as often.
    contextValues: withRetry(false),
  });
}

/** Whether a failure is an answer of the server, and not of a proxy before a server that is away. */
function isAnswered({ code, serverMessage }: FlyteError): boolean {
  return code !== "UNAVAILABLE" && serverMessage !== undefined;
}

/**
 * Whether `fetch` failed without a reason. In a page that is a refused preflight as often as a broken
 * network, and a server that has never answered this page refuses it each time.
 */
function isUnexplained({ code, serverMessage, cause }: FlyteError): boolean {
  return (
    code === "UNAVAILABLE" && serverMessage === undefined && networkFaultOf(cause) === undefined
  );
}

/** `undefined` when a longer wait is asked for than the limits allow. */
function waitBefore(
  error: FlyteError,
  limits: CompleteLimits,
  backoffMs: number,
): number | undefined {
  const asked = error.retryAfterMs ?? 0;
  return asked > limits.maxRetryAfterMs ? undefined : Math.max(asked, backoffMs);
}

/** Probes of a server that is away do not come in quick succession as the time of a call ends. */
const minProbeMs = 100;

/** The limits with waits of at most half of a call's remaining time, so that the rest is left to the attempt. */
function shortened(limits: CompleteLimits, call: Call, leastMs: number): BackoffRange {
  const halfMs = (call.remainingMs() ?? Infinity) / 2;
  const { initialBackoffMs, maxBackoffMs } = limits;
  return { initialBackoffMs, maxBackoffMs: Math.min(maxBackoffMs, Math.max(leastMs, halfMs)) };
}

function hasTimeFor(delayMs: number, call: Call): boolean {
  const remainingMs = call.remainingMs();
  return remainingMs === undefined || delayMs < remainingMs;
}

/**
 * Adds a sentence to an error's text, and to the stack, which begins with the text. Once only: calls that wait for the
 * same sign-in fail with the same error.
 */
export function withNote(error: FlyteError, note: string): FlyteError {
  if (error.message.endsWith(note)) return error;
  const message = `${error.message} ${note}`;
  const stack = error.stack?.replace(error.message, () => message);
  return Object.assign(error, { message }, stack !== undefined && { stack });
}

/** The answers to registrations, events and terminations have no fields. */
function emptyAnswer({ service, method }: UnaryRequest): UnaryResponse {
  return {
    stream: false,
    service,
    method,
    header: new Headers(),
    trailer: new Headers(),
    message: create(method.output),
  };
}
