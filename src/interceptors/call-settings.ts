import type { Interceptor } from "@connectrpc/connect";

import type { CallAuth } from "./auth.js";
import type { CallHooks } from "./hooks.js";

/** Headers, or what gives them: asked at each attempt, so that a token may change between two. */
export type HeadersSource = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);

/** What a client does with each of its calls, whichever wire carries them. */
export interface CallSettings {
  /**
   * How long a call may take in milliseconds, over all its attempts and the waits between.
   * 0 and less mean no limit. A call's own `timeoutMs` goes first.
   * @defaultValue 15000
   */
  readonly timeoutMs?: number | undefined;
  /** Headers of every request. A call's own headers go first. */
  readonly headers?: HeadersSource | undefined;
  /** Signs calls, and gets another token when one is refused. A call's own `authorization` goes first. */
  readonly auth?: CallAuth | undefined;
  /** Observers of calls, for logs and metrics. */
  readonly hooks?: CallHooks | undefined;
  /**
   * Connect interceptors of the user's own. They stand next to the wire: they see each attempt
   * with all its headers, and errors as the transport throws them. The last one is the innermost.
   */
  readonly interceptors?: readonly Interceptor[] | undefined;
}
