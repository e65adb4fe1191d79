import type { Interceptor } from "@connectrpc/connect";

import type { OptionNames } from "../internal/validation/index.js";
import type { CallAuth } from "./auth.js";
import type { HeadersSource } from "./headers.js";
import type { CallHooks, Logger } from "./hooks.js";
import type { RetryOptions } from "./retry-settings.js";

/** Settings that a client applies to each of its calls, on every wire. */
export interface SharedCallOptions {
  /**
   * The time limit of a call in milliseconds, over all its attempts and the waits between.
   * 0 and Infinity mean no limit. A call's own `timeoutMs` goes first.
   * @defaultValue 15000
   */
  readonly timeoutMs?: number | undefined;
  /** Headers of every request. A call's own headers go first. */
  readonly headers?: HeadersSource | undefined;
  /** Signs calls, and gets another token when one is refused. A call's own `authorization` goes first. */
  readonly auth?: CallAuth | undefined;
  /**
   * The retries of failed calls, or `false` to send each once only. Reads are sent again after
   * failures that may pass, writes where that does no harm, and launches only when they have a
   * name of the caller's. A call's own `contextValues`, made by `withRetry`, go first.
   * @defaultValue 4 attempts, with random waits of up to 100, 200 and 400 ms between; up to 12 s for a server that is away
   */
  readonly retry?: RetryOptions | false | undefined;
  /** Observers of calls, for logs and metrics. */
  readonly hooks?: CallHooks | undefined;
  /**
   * The logger that receives a line about each call, such as `console`.
   * @defaultValue nowhere
   */
  readonly logger?: Logger | undefined;
  /**
   * Whether calls are sent with an id (`x-request-id`), by which the server's log knows them and
   * which errors quote. FlyteAdmin's CORS refuses the header, so leave it off in pages.
   * @defaultValue `false`; for an `AdminClient` `true` outside of browsers
   */
  readonly requestIds?: boolean | undefined;
  /**
   * The application's name and version, such as `"billing/1.4"`. It begins the `user-agent` of every
   * call, before the name of this package. Browsers send their own, so it is not sent from pages.
   * @defaultValue the name and version of this package alone
   */
  readonly application?: string | undefined;
  /**
   * Connect interceptors of the user's own. They are next to the wire: they see each attempt
   * with all its headers, and errors as the transport throws them. The last one is the innermost.
   */
  readonly interceptors?: readonly Interceptor[] | undefined;
}

/** The names of {@link SharedCallOptions}. */
export const sharedCallOptionNames: OptionNames<SharedCallOptions> = {
  timeoutMs: true,
  headers: true,
  auth: true,
  retry: true,
  hooks: true,
  logger: true,
  requestIds: true,
  interceptors: true,
  application: true,
};
