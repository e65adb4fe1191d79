import { type DescMessage, type Message, toBinary } from "@bufbuild/protobuf";
import type { Interceptor, UnaryRequest, UnaryResponse } from "@connectrpc/connect";
import { type FlyteError, type StatusCode, toFlyteError } from "../errors/index.js";
import { fieldValue } from "../internal/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import type { Call } from "./call.js";
import type { CallRetryEvent } from "./retry.js";

/** Observers of calls. What one throws is dropped: an observer does not fail a call. */
export interface CallHooks {
  /** A call begins. */
  readonly onRequest?: ((event: CallRequestEvent) => void) | undefined;
  /** An attempt failed, and another one follows. */
  readonly onRetry?: ((event: CallRetryEvent) => void) | undefined;
  /** A call has its answer. */
  readonly onResponse?: ((event: CallResponseEvent) => void) | undefined;
  /** A call failed, after all its attempts. */
  readonly onError?: ((event: CallErrorEvent) => void) | undefined;
  /** A page of a list has arrived. Follows the `onResponse` of its call. */
  readonly onPage?: ((event: CallPageEvent) => void) | undefined;
}

/** The names of {@link CallHooks}. */
export const hookNames: OptionNames<CallHooks> = {
  onRequest: true,
  onRetry: true,
  onResponse: true,
  onError: true,
  onPage: true,
};

/** A call that begins. */
export interface CallRequestEvent {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The time limit of the whole call in milliseconds, or `undefined` for none. */
  readonly timeoutMs: number | undefined;
  /** The request's id in the server's log; `undefined` when none is sent. */
  readonly requestId: string | undefined;
  /** The size of the request message in bytes, found when it is read. */
  readonly requestBytes: number;
}

/** A call that has ended. */
interface EndEvent extends CallRequestEvent {
  /** The number of times that the request was sent. */
  readonly attempts: number;
  /** From the beginning of the call to its end, in milliseconds. */
  readonly latencyMs: number;
}

/** A call that has its answer. */
export interface CallResponseEvent extends EndEvent {
  /** The status code, such as `"NOT_FOUND"`. */
  readonly code: "OK";
  /** The size of the answer's message in bytes, found when it is read. */
  readonly responseBytes: number;
}

/** A call that failed. */
export interface CallErrorEvent extends EndEvent {
  /** The status code, such as `"NOT_FOUND"`. */
  readonly code: StatusCode;
  /** The error that the caller gets. */
  readonly error: FlyteError;
}

/** A page of a list. */
export interface CallPageEvent extends EndEvent {
  /** The number of rows of the page. */
  readonly items: number;
  /** The token of the next page; `undefined` at the end. */
  readonly nextToken: string | undefined;
}

/** Reports the beginning and the end of a call to the observers. */
export function hooksInterceptor(call: Call, hooks: readonly CallHooks[]): Interceptor {
  return (next) => async (request) => {
    if (request.stream) return next(request);
    const { rpc, timeoutMs, requestId } = call;
    const start = withRequestBytes(request, { rpc, timeoutMs, requestId });
    tellAll(hooks, (each) => each.onRequest?.(start));
    const end = <Rest extends object>(rest: Rest): Rest & EndEvent => {
      const { attempts } = call;
      const latencyMs = call.latencyMs();
      return withRequestBytes(request, {
        ...{ rpc, timeoutMs, requestId: call.requestId, attempts, latencyMs },
        ...rest,
      });
    };
    try {
      const response = await next(request);
      if (!response.stream) tellAnswer(hooks, end, response);
      return response;
    } catch (thrown) {
      const error = toFlyteError(thrown, call);
      const event = end({ code: error.code, error });
      tellAll(hooks, (each) => each.onError?.(event));
      throw error;
    }
  };
}

/** Calls observers, and drops what they throw: the call has nothing to do with them. */
export function tellAll(hooks: readonly CallHooks[], tell: (hooks: CallHooks) => void): void {
  for (const each of hooks) {
    try {
      tell(each);
    } catch {
      // The next observer and the call continue.
    }
  }
}

function tellAnswer(
  hooks: readonly CallHooks[],
  end: <Rest extends object>(rest: Rest) => Rest & EndEvent,
  { method, message }: UnaryResponse,
): void {
  const event = lazily(
    end({ code: "OK" as const }),
    "responseBytes",
    () => toBinary(method.output, message).length,
  );
  tellAll(hooks, (each) => each.onResponse?.(event));
  const page = pageOf(method.output, message);
  if (page === undefined) return;
  const pageEvent = end(page);
  tellAll(hooks, (each) => each.onPage?.(pageEvent));
}

function withRequestBytes<Event extends object>(
  { method, message }: UnaryRequest,
  event: Event,
): Event & { readonly requestBytes: number } {
  return lazily(event, "requestBytes", () => toBinary(method.input, message).length);
}

/** A page is encoded once more only when its size is read. */
function lazily<Event extends object, Name extends string>(
  event: Event,
  name: Name,
  compute: () => number,
): Event & Readonly<Record<Name, number>> {
  const lazy = { get: compute, enumerable: true, configurable: true };
  // Defined on the line before, which the compiler does not see.
  return Object.defineProperty(event, name, lazy) as Event & Readonly<Record<Name, number>>;
}

/** Reads an answer as a page of a list; `undefined` when it is none. Pages have a token and one repeated field. */
function pageOf(
  desc: DescMessage,
  message: Message,
): { readonly items: number; readonly nextToken: string | undefined } | undefined {
  const rows = desc.fields.find((field) => field.fieldKind === "list");
  const token = desc.fields.find((field) => field.name === "token" && field.fieldKind === "scalar");
  if (rows === undefined || token === undefined) return undefined;
  const items = fieldValue(message, rows);
  const nextToken = fieldValue(message, token);
  return {
    items: Array.isArray(items) ? items.length : 0,
    nextToken: typeof nextToken === "string" ? nextToken : undefined,
  };
}

/** The receiver of lines about calls: `console`, or a logger with the same four methods. */
export interface Logger {
  /** Writes a line of level debug. */
  readonly debug: (message: string) => void;
  /** Writes a line of level info. */
  readonly info: (message: string) => void;
  /** Writes a line of level warn. */
  readonly warn: (message: string) => void;
  /** Writes a line of level error. */
  readonly error: (message: string) => void;
}

/**
 * Observers that write a line for each call: `debug` for an answer, `warn` for an attempt that is
 * followed by another, `error` for a failure and `info` for one that the caller asked for. No line
 * holds a header, a token or a message's content.
 */
export function loggingHooks(logger: Logger): CallHooks {
  return {
    onRetry: ({ rpc, attempt, delayMs, error }) => {
      const words = `attempt ${attempt} failed with ${error.code}, next in ${Math.round(delayMs)} ms: ${error.message}`;
      logger.warn(`${rpc}: ${words}`);
    },
    onResponse: (event) => {
      logger.debug(`${event.rpc}: OK ${figures(event)}, ${event.responseBytes} bytes`);
    },
    onError: (event) => {
      const line = `${event.rpc}: ${event.code} ${figures(event)}: ${event.error.message}`;
      if (event.code === "CANCELLED") logger.info(line);
      else logger.error(line);
    },
  };
}

function figures({ latencyMs, attempts, requestId }: CallResponseEvent | CallErrorEvent): string {
  const tries = attempts === 1 ? "" : `, ${attempts} attempts`;
  const id = requestId === undefined ? "" : `, request ${requestId}`;
  return `after ${Math.round(latencyMs)} ms${tries}${id}`;
}
