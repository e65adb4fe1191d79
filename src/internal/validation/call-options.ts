import type {
  CallOptions as ConnectCallOptions,
  ContextKey,
  ContextValues,
} from "@connectrpc/connect";
import { InvalidOptionError } from "../../errors/index.js";
import { type OptionNames, type OtherArgument, requireKnownOptions } from "./known-options.js";
import { checkFunction, checkSignal, requireObject, requireTimeLimit } from "./require-value.js";

/**
 * Options of a call, under the names that Connect has for them.
 *
 * An option that is `undefined` counts as left out.
 */
export interface CallOptions {
  /** Cancels the call with a `CanceledError`, or a `DeadlineExceededError` for an `AbortSignal.timeout()`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The time limit of the call in milliseconds, over all its attempts and the waits between; 0 and
   * Infinity mean no limit.
   * @defaultValue the `timeoutMs` of the client
   */
  readonly timeoutMs?: number | undefined;
  /** Headers of the request. They replace those of the client that have the same name. */
  readonly headers?: HeadersInit | undefined;
  /** Called with the headers of the response. */
  readonly onHeader?: ((headers: Headers) => void) | undefined;
  /** Called with the trailers of the response. */
  readonly onTrailer?: ((trailers: Headers) => void) | undefined;
  /** Values for interceptors, such as those of `withRetry()`. */
  readonly contextValues?: ConnectCallOptions["contextValues"] | undefined;
}

/** The part of `fetch` that calls and transfers use; the global one fits. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** Returns context values that hold one value more. The given ones, which are the caller's, are not changed. */
export function withContextValue<T>(
  values: ContextValues,
  key: ContextKey<T>,
  value: T,
): ContextValues {
  return {
    get: (each) => (each.id === key.id ? value : values.get(each)) as typeof each.defaultValue,
    set: (each, other) => values.set(each, other),
    delete: (each) => values.delete(each),
  };
}

/** The names of Connect's options of a call, which every function takes. */
export const callOptionNames: OptionNames<CallOptions> = {
  timeoutMs: true,
  headers: true,
  signal: true,
  onHeader: true,
  onTrailer: true,
  contextValues: true,
};

/**
 * Checks the options of one call.
 *
 * @throws InvalidOptionError for an unknown name or an invalid value
 */
export function checkCallOptions(options: CallOptions | undefined): void {
  if (options === undefined) return;
  requireKnownOptions(options, callOptionNames);
  checkCallValues(options);
}

/**
 * Checks the options of a function that has more than those of a call, and returns them.
 *
 * @throws InvalidOptionError for an unknown name or an invalid value among those of a call
 */
export function requireOptions<T extends CallOptions>(
  options: T,
  names: OptionNames<T>,
  other?: OtherArgument,
): T {
  requireKnownOptions(options, names, "options", "an object", other);
  checkCallValues(options);
  return options;
}

/** Returns the options of a function that hold for each of its calls. */
export function callOptionsOf({
  timeoutMs,
  headers,
  signal,
  onHeader,
  onTrailer,
  contextValues,
}: CallOptions): CallOptions {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(headers !== undefined && { headers }),
    ...(signal !== undefined && { signal }),
    ...(onHeader !== undefined && { onHeader }),
    ...(onTrailer !== undefined && { onTrailer }),
    ...(contextValues !== undefined && { contextValues }),
  };
}

function checkCallValues(options: CallOptions): void {
  checkSignal(options.signal);
  requireTimeLimit(options.timeoutMs);
  checkFunction(options.onHeader, "onHeader");
  checkFunction(options.onTrailer, "onTrailer");
  if (options.contextValues !== undefined) {
    requireObject(options.contextValues, "contextValues", "context values, as of withRetry()");
  }
}

/**
 * The headers of a request, as the caller passed them.
 *
 * @throws InvalidOptionError that names the header that cannot be sent, and never shows its value.
 */
export function requireHeaders(given: HeadersInit | undefined): Headers {
  checkUnset(given);
  try {
    return new Headers(given);
  } catch {
    // What was caught may show a token, so it is not passed on.
    throw new InvalidOptionError(
      `headers cannot be sent${wrongIn(given)}. A name has letters, digits and "-"; a value has Latin characters and no line break.`,
      { option: "headers" },
    );
  }
}

/** A variable that is not set becomes the text "undefined", which the server would answer as a bad token. */
function checkUnset(given: HeadersInit | undefined): void {
  if (typeof given !== "object") return;
  for (const [name, value] of entriesOf(given)) {
    const text: unknown = value;
    if (text !== undefined && text !== null && !isUnsetToken(text)) continue;
    throw new InvalidOptionError(
      `there is no value for the header ${name}. Set the variable that holds it, or leave the header out.`,
      { option: "headers" },
    );
  }
}

function entriesOf(given: HeadersInit) {
  return Symbol.iterator in given ? Array.from(given) : Object.entries(given);
}

function isUnsetToken(value: unknown): boolean {
  return typeof value === "string" && /^Bearer (undefined|null)?$/.test(value);
}

function wrongIn(given: HeadersInit | undefined): string {
  if (typeof given !== "object") return `: they are of type ${typeof given}`;
  for (const [name, value] of entriesOf(given)) {
    if (!canSend(name, "")) return `: ${JSON.stringify(name)} is not a header name`;
    if (!canSend(name, value))
      return `: the value of ${JSON.stringify(name)} is not valid in a header`;
  }
  return "";
}

function canSend(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return true;
  } catch {
    return false;
  }
}
