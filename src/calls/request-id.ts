import type { Interceptor } from "@connectrpc/connect";

import type { Call } from "./call.js";

const headerName = "x-request-id";

/**
 * Gives each call an id, the same for all its attempts, unless the caller's headers have one.
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
