import type { ContextKey, ContextValues } from "@connectrpc/connect";

import { withContextValue } from "../internal/index.js";

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const key: ContextKey<boolean> = {
  id: Symbol.for("flyte-admin-client.deadline-armed"),
  defaultValue: false,
};

/**
 * The context values of a call whose signal already aborts at the call's deadline, so that the REST
 * transport does not arm a second timer. The given values are not changed.
 */
export function withDeadlineArmed(values: ContextValues): ContextValues {
  return withContextValue(values, key, true);
}

/** Whether the signal of a call aborts at its deadline. */
export function isDeadlineArmed(values: ContextValues | undefined): boolean {
  return values?.get(key) === true;
}
