import type { Interceptor } from "@connectrpc/connect";

import { requestHeaders } from "../transports/index.js";
import type { HeadersSource } from "./call-settings.js";

/** Adds the client's headers to each attempt, where the call does not set them itself. */
export function headersInterceptor(source: HeadersSource): Interceptor {
  return (next) => async (request) => {
    const header = requestHeaders(typeof source === "function" ? await source() : source);
    request.header.forEach((value, name) => {
      header.set(name, value);
    });
    return next({ ...request, header });
  };
}
