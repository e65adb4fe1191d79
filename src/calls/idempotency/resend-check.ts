import { type ContextKey, type ContextValues, createContextValues } from "@connectrpc/connect";

import type { FlyteError } from "../../errors/index.js";
import { type CallOptions, withContextValue } from "../../internal/index.js";

/** How to recover a call whose response was lost. */
export type ResendDecision =
  /** Sends the request again. */
  | { readonly kind: "send" }
  /** An earlier attempt was carried out: the call ends with an empty response. */
  | { readonly kind: "done" }
  /** It is unknown for now: counts as one more attempt that failed as the last one did. */
  | { readonly kind: "wait" }
  | { readonly kind: "fail"; readonly error: FlyteError };

/**
 * Looks, before a request is sent again, whether an earlier attempt was carried out although its
 * response was lost. The options end its calls with the call that it is made for.
 */
export type ResendCheck = (lost: FlyteError, options: CallOptions) => Promise<ResendDecision>;

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const key: ContextKey<ResendCheck | undefined> = {
  id: Symbol.for("flyte-admin-client.resend-check"),
  defaultValue: undefined,
};

/** Returns the context values of a call that is checked before it is sent again. The given ones are not changed. */
export function withResendCheck(
  check: ResendCheck,
  values: ContextValues = createContextValues(),
): ContextValues {
  return withContextValue(values, key, check);
}

/** Returns the check of a call. */
export function resendCheckOf(values: ContextValues): ResendCheck | undefined {
  return values.get(key);
}
