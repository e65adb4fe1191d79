import type { ContextKey, ContextValues } from "@connectrpc/connect";

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
  return {
    get: (each) => (each.id === key.id ? true : values.get(each)) as typeof each.defaultValue,
    set: (each, value) => values.set(each, value),
    delete: (each) => values.delete(each),
  };
}

/** Whether the signal of a call aborts at its deadline. */
export function isDeadlineArmed(values: ContextValues | undefined): boolean {
  return values?.get(key) === true;
}
