import { Code, ConnectError } from "@connectrpc/connect";

import { detailsOf } from "./error-details.js";
import { addCallContext, FlyteError, type FlyteErrorOptions } from "./flyte-error.js";
import { networkFaultOf } from "./network-fault.js";
import {
  closedStream,
  failedFetch,
  transportTexts,
  unencodableField,
  unreadableAnswer,
} from "./recognized-texts.js";
import { remedyFor } from "./remedies.js";
import { type StatusCode, statusCodeOf } from "./status-code.js";
import { classByCode } from "./status-errors.js";

/** The facts of a failure that the caller of a transport knows. */
interface ErrorContext {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc?: string | undefined;
  /**
   * The number of times that the request was sent.
   * @defaultValue 1
   */
  readonly attempts?: number | undefined;
  /** The id that was sent with the request. */
  readonly requestId?: string | undefined;
}

/**
 * Makes the one `FlyteError` for whatever was thrown: a Connect error of any wire,
 * an abort, a failure of `fetch`, a system error of Node, or a `FlyteError`, which
 * comes back itself with the context filled in. The text is the RPC, the code, the
 * server's own words and what to do next.
 */
export function toFlyteError(error: unknown, context: ErrorContext = {}): FlyteError {
  const own = flyteErrorIn(error);
  if (own !== undefined) return addCallContext(own, context);
  const { rpc, attempts = 1 } = context;
  const requestId = attempts === 0 ? undefined : context.requestId;
  const common = { rpc, attempts, ...(requestId === undefined ? {} : { requestId }) };
  const { name, message } = nameAndMessage(error);
  const unsent = unencodableField.exec(error instanceof ConnectError ? error.rawMessage : message);
  if (unsent?.groups !== undefined) {
    const words = `the request was not sent, as it cannot be encoded: ${unsent.groups["why"] ?? ""}`;
    return flyteErrorOf("INVALID_ARGUMENT", words, { ...common, attempts: 0, cause: error });
  }
  const fault = networkFaultOf(error);
  if (error instanceof ConnectError) {
    const fromServer = isAnswer(error);
    const words = error.rawMessage;
    // Connect takes a connection that breaks for Aborted or Internal; gRPC calls it UNAVAILABLE.
    const code = fromServer
      ? statusCodeOf(error.code)
      : fault !== undefined || closedStream.test(words)
        ? "UNAVAILABLE"
        : unreadableAnswer.test(words)
          ? "INTERNAL"
          : statusCodeOf(error.code);
    return flyteErrorOf(
      code,
      fault !== undefined && !words.includes(fault.code) ? `${words} (${fault.message})` : words,
      {
        ...common,
        headers: error.metadata,
        details: detailsOf(error),
        serverMessage: fromServer ? words : undefined,
        cause: error.cause,
      },
    );
  }
  if (name === "AbortError" || name === "TimeoutError")
    return flyteErrorOf("CANCELLED", message, { ...common, cause: error });
  if (fault !== undefined)
    return flyteErrorOf("UNAVAILABLE", fault.message, { ...common, cause: error });
  if (name === "TypeError" && failedFetch.test(message)) {
    return flyteErrorOf("UNAVAILABLE", message, { ...common, cause: error });
  }
  return flyteErrorOf("UNKNOWN", message, { ...common, cause: error });
}

/**
 * The text of a `FlyteError`: what failed, with which code, in whose words, and what to do next.
 *
 * @param remedy What to do next; without it, what generally helps with this code.
 */
export function errorText(
  rpc: string | undefined,
  code: StatusCode,
  words: string,
  remedy?: string,
): string {
  const said = words.trim() === "" ? "no reason was given" : words.trim();
  const stop = /[.!?…]$/.test(said) ? "" : ".";
  return `${rpc ?? "The call"} failed with ${code}: ${said}${stop} ${remedy ?? remedyFor(code, said)}`;
}

/**
 * The error of a code's class, with the text of {@link errorText}.
 *
 * @param options `headers` are those of the answer: the request's id and the wait asked for are read from them.
 */
export function flyteErrorOf(
  code: StatusCode,
  words: string,
  options: FlyteErrorOptions & { readonly headers?: Headers | undefined },
): FlyteError {
  const { headers } = options;
  return new classByCode[code](errorText(options.rpc, code, words), {
    retryAfterMs: headers === undefined ? undefined : retryAfterMsOf(headers),
    ...options,
    requestId:
      headers?.get("x-request-id") ??
      headers?.get("grpc-metadata-x-request-id") ??
      options.requestId,
    code,
  });
}

function flyteErrorIn(error: unknown): FlyteError | undefined {
  if (error instanceof FlyteError) return error;
  // Connect's transports wrap what is thrown inside them.
  return error instanceof ConnectError && error.cause instanceof FlyteError
    ? error.cause
    : undefined;
}

/** Whether a Connect error is the server's answer, and not what the client or its transport found. */
function isAnswer({ metadata, cause, code, rawMessage }: ConnectError): boolean {
  const status = metadata.get("grpc-status");
  if (status !== null && status !== "0") return true;
  if (cause !== undefined || transportTexts.test(rawMessage)) return false;
  // A transport's timer and an abort throw these, without headers.
  const isEnd = code === Code.Canceled || code === Code.DeadlineExceeded;
  return !isEnd || metadata.keys().next().done !== true;
}

function nameAndMessage(error: unknown): { name: string; message: string } {
  if (typeof error !== "object" || error === null) return { name: "", message: String(error) };
  const name: unknown = Reflect.get(error, "name");
  const message: unknown = Reflect.get(error, "message");
  return {
    name: typeof name === "string" ? name : "",
    message: typeof message === "string" ? message : "",
  };
}

/**
 * The delay that the server asks for, in milliseconds: `grpc-retry-pushback-ms`,
 * else `retry-after` in seconds or as a date. `Infinity` when the server asks not to be tried
 * again, which it says by a negative pushback. `undefined` when nothing readable is there.
 */
export function retryAfterMsOf(headers: Headers, now: number = Date.now()): number | undefined {
  const pushback = headers.get("grpc-retry-pushback-ms");
  if (pushback !== null && /^\d{1,9}$/.test(pushback)) return Number(pushback);
  if (pushback !== null && /^-\d/.test(pushback)) return Infinity;
  const retryAfter = headers.get("retry-after")?.trim();
  if (retryAfter === undefined || retryAfter === "") return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
