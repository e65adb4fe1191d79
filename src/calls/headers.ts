import type { Interceptor } from "@connectrpc/connect";

import { InvalidOptionError } from "../errors/index.js";
import { version } from "../internal/index.js";
import { requireHeaders } from "../internal/validation/index.js";
import type { Call } from "./call.js";

/** Headers, or a function that returns them: called at each attempt, so that a token may change between two. */
export type HeadersSource = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);

/** Adds the client's headers to each attempt, where the call does not set them itself. */
export function headersInterceptor(source: HeadersSource): Interceptor {
  return (next) => async (request) => {
    const header = requireHeaders(typeof source === "function" ? await source() : source);
    request.header.forEach((value, name) => {
      header.set(name, value);
    });
    return next({ ...request, header });
  };
}

/**
 * Returns the `user-agent` of calls.
 *
 * @throws InvalidOptionError when the application's name cannot be part of a header
 */
export function userAgent(application: string | undefined): string {
  const own = `flyte-admin-client/${version}`;
  if (application === undefined) return own;
  const given: unknown = application;
  if (typeof given === "string" && /^[!-~]+(?: [!-~]+)*$/.test(given)) return `${given} ${own}`;
  throw new InvalidOptionError(
    `application must be a name of visible ASCII characters, such as "billing/1.4", got ${JSON.stringify(given)}.`,
    { option: "application" },
  );
}

const headerName = "x-request-id";

/**
 * Adds an id to each call, the same for all its attempts, unless the caller's headers have one.
 * FlyteAdmin takes `x-request-id` and writes it into its log.
 */
export function requestIdInterceptor(call: Call): Interceptor {
  return (next) => (request) => {
    const header = new Headers(request.header);
    call.requestId = header.get(headerName) ?? crypto.randomUUID();
    header.set(headerName, call.requestId);
    return next({ ...request, header });
  };
}

/**
 * Whether this is a page or a worker of one. FlyteAdmin's CORS lets no `x-request-id` through, so
 * that a browser would refuse the whole call.
 */
export function isBrowser(): boolean {
  return "document" in globalThis || "WorkerGlobalScope" in globalThis;
}
