import type { ContextKey, ContextValues } from "@connectrpc/connect";

/** Returns context values that hold one value more. The given ones, which are the caller's, are not changed. */
export function withContextValue<T>(
  values: ContextValues,
  key: ContextKey<T>,
  value: T,
): ContextValues {
  return {
    get: (each) => (each.id === key.id ? value : values.get(each)) as typeof each.defaultValue,
    set: (each, other) => values.set(each, other),
    delete: (each) => values.delete(each),
  };
}
