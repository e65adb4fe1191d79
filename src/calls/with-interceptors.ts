import { create } from "@bufbuild/protobuf";
import {
  createContextValues,
  type Interceptor,
  type Transport,
  type UnaryResponse,
} from "@connectrpc/connect";

import { removeSecrets, secretsOfHeaders, toFlyteError } from "../errors/index.js";
import { CancellationGroup } from "../internal/cancellation/index.js";
import {
  checkFunction,
  invalidOption,
  requireHeaders,
  requireKnownOptions,
  requireObject,
  requireTimeLimit,
} from "../internal/validation/index.js";
import { withDeadlineArmed } from "../transports/index.js";
import { authInterceptor } from "./auth.js";
import { callKindOf } from "./call-class.js";
import type { SharedCallOptions } from "./call-settings.js";
import { type Call, type Next, startCall } from "./call.js";
import { deadlineExceeded, deadlineInterceptor, deadlineOrError } from "./deadline.js";
import { headersInterceptor, requestIdInterceptor } from "./headers.js";
import { hookNames, hooksInterceptor, loggingHooks, tellAll } from "./hooks.js";
import { createRetrier, type Retrier, retryInterceptor, withNote } from "./retry.js";

const defaultTimeoutMs = 15_000;

/** Settings of calls, with those that a connection derives. */
interface InterceptorSettings extends SharedCallOptions {
  /** The `user-agent` of calls that set none. */
  readonly userAgent?: string | undefined;
}

/** @throws InvalidOptionError for a setting of a wrong kind, which would fail each call otherwise */
function checkSettings({ auth, headers, hooks, interceptors, logger }: InterceptorSettings): void {
  if (hooks !== undefined) {
    requireKnownOptions(hooks, hookNames, "hooks");
    for (const [name, hook] of Object.entries(hooks)) checkFunction(hook, `hooks.${name}`);
  }
  if (auth !== undefined) {
    const expected = "an object such as createAuth({ … })";
    requireObject(auth, "auth", expected);
    const given: object = auth;
    if (typeof auth.credentialsFor !== "function") {
      const remedy =
        "signIn" in given ? "Pass the flow to createAuth({ baseUrl, flow })." : undefined;
      throw invalidOption("auth", expected, auth, remedy);
    }
  }
  if (headers !== undefined && typeof headers !== "function") requireHeaders(headers);
  if (logger !== undefined) {
    const expected = "an object with debug, info, warn and error, such as console";
    requireObject(logger, "logger", expected);
    const { debug, info, warn, error } = logger;
    if (![debug, info, warn, error].every((write) => typeof write === "function")) {
      throw invalidOption("logger", expected, logger);
    }
  }
  if (interceptors !== undefined && !Array.isArray(interceptors)) {
    throw invalidOption("interceptors", "an array of functions", interceptors);
  }
}

/**
 * Wraps a transport of any wire so that its calls end in time and fail with `FlyteError`s.
 * This is the one place where interceptors are put together: hooks, errors, deadline,
 * retry, auth, headers, then the user's own, then the wire. It wraps the transport and is not in its own
 * `interceptors`, as transports make a `ConnectError` of whatever is thrown inside them.
 *
 * @param openCalls Ends the calls in flight together.
 * @param retrier The retry budget, which connections may share.
 * @throws InvalidOptionError for a `timeoutMs` that is not a non-negative number, or a retry setting out of range.
 */
export function withInterceptors(
  transport: Transport,
  settings: InterceptorSettings = {},
  openCalls: CancellationGroup = new CancellationGroup(),
  retrier: Retrier = createRetrier(settings.retry),
): Transport {
  checkSettings(settings);
  const clientTimeoutMs = requireTimeLimit(settings.timeoutMs ?? defaultTimeoutMs);
  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const call = startCall(
        method.name,
        timeoutMs === undefined ? clientTimeoutMs : requireTimeLimit(timeoutMs),
      );
      const send: Next = (request) => {
        const { header, contextValues } = request;
        const remainingMs = call.remainingMs();
        if (request.stream) {
          const { method: streaming, message } = request;
          return transport.stream(
            streaming,
            request.signal,
            remainingMs,
            header,
            message,
            contextValues,
          );
        }
        // To a transport 0 means that there is no limit.
        if (remainingMs !== undefined && remainingMs <= 0) {
          return Promise.reject(deadlineExceeded(call));
        }
        call.attempts += 1;
        const { method, signal, message } = request;
        return transport
          .unary(method, signal, remainingMs, header, message, withDeadlineArmed(contextValues))
          .catch((error: unknown) => {
            removeSecrets(error, secretsOfHeaders(header));
            throw deadlineOrError(call, error);
          });
      };
      const run = interceptorsFor(call, settings, retrier).reduceRight<Next>(
        (next, each) => each(next),
        send,
      );
      const response = await openCalls.run(
        (signal) =>
          run({
            stream: false,
            service: method.parent,
            method,
            requestMethod: "POST",
            url: `/${method.parent.typeName}/${method.name}`,
            signal,
            header: requireHeaders(header),
            contextValues: contextValues ?? createContextValues(),
            message: create(method.input, input),
          }),
        signal,
      );
      // Interceptors are not generic; that the answer belongs to the method is theirs to keep.
      return response as UnaryResponse<typeof method.input, typeof method.output>;
    },
    stream: (...call) => transport.stream(...call),
  };
}

/** The chain, outermost first. */
function interceptorsFor(
  call: Call,
  settings: InterceptorSettings,
  retrier: Retrier,
): readonly Interceptor[] {
  const { auth, headers, interceptors, logger, requestIds, userAgent } = settings;
  const hooks = [
    ...(settings.hooks === undefined ? [] : [settings.hooks]),
    ...(logger === undefined ? [] : [loggingHooks(logger)]),
  ];
  return [
    ...(requestIds === true ? [requestIdInterceptor(call)] : []),
    ...(hooks.length === 0 ? [] : [hooksInterceptor(call, hooks)]),
    errorsInterceptor(call),
    deadlineInterceptor(call),
    retryInterceptor(call, retrier, (event) => {
      tellAll(hooks, (each) => each.onRetry?.(event));
    }),
    // Signing in is after retries, so that each attempt has a fresh token.
    ...(auth === undefined ? [] : [authInterceptor(call, auth)]),
    ...(headers === undefined ? [] : [headersInterceptor(headers)]),
    // Behind the other headers, which may set one of their own.
    ...(userAgent === undefined ? [] : [headersInterceptor({ "user-agent": userAgent })]),
    ...(interceptors ?? []),
  ];
}

/** Makes a `FlyteError` of whatever a call fails with, and warns where a write may have been done. */
function errorsInterceptor(call: Call): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (thrown) {
      const error = toFlyteError(thrown, call);
      const mayHaveWritten =
        error.code === "DEADLINE_EXCEEDED" &&
        call.attempts > 0 &&
        !request.stream &&
        callKindOf(request.method, request.message) !== "read";
      throw mayHaveWritten ? withNote(error, carriedOut) : error;
    }
  };
}

const carriedOut =
  "The server may have carried out the call all the same: check before you repeat it.";
