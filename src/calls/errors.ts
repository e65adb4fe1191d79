import type { Interceptor } from "@connectrpc/connect";

import { toFlyteError } from "../errors/index.js";
import type { Call } from "./call.js";

/** Makes a `FlyteError` of whatever a call fails with. */
export function errorsInterceptor(call: Call): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      throw toFlyteError(error, call);
    }
  };
}
