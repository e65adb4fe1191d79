import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { type ContextKey, type ContextValues, createContextValues } from "@connectrpc/connect";

import type { FlyteError } from "../../errors/index.js";
import { withContextValue } from "../../internal/context-value.js";

/** What is left for a check: it ends with the call that it is made for. */
export interface ResendTime {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

/** What to do with a call whose answer was lost. */
export type ResendDecision =
  /** An earlier attempt was not carried out, or it does no harm to repeat it. */
  | { readonly kind: "send" }
  /** An earlier attempt was carried out. */
  | { readonly kind: "done"; readonly message: MessageShape<DescMessage> }
  /** Nobody can tell yet: counts as one more attempt that failed as the last one did. */
  | { readonly kind: "wait" }
  | { readonly kind: "fail"; readonly error: FlyteError };

/** Looks, before a request is sent again, whether an earlier attempt was carried out although its answer was lost. */
export type ResendCheck = (lost: FlyteError, time: ResendTime) => Promise<ResendDecision>;

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const key: ContextKey<ResendCheck | undefined> = {
  id: Symbol.for("flyte-admin-client.resend-check"),
  defaultValue: undefined,
};

/** The context values of a call that is not sent again before a check. The given ones are not changed. */
export function withResendCheck(
  check: ResendCheck,
  values: ContextValues = createContextValues(),
): ContextValues {
  return withContextValue(values, key, check);
}

export function resendCheckOf(values: ContextValues): ResendCheck | undefined {
  return values.get(key);
}
