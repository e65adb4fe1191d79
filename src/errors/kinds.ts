// The global registry of symbols is one for all copies and all realms.
const key = "flyte-admin-client.error-kinds";

/** Writes onto an error the names of its class and of the classes above it. */
export function markKinds(error: object, errorClass: unknown): void {
  const kinds: string[] = [];
  for (let each = errorClass; typeof each === "function"; each = Object.getPrototypeOf(each)) {
    const name: unknown = Object.hasOwn(each, "errorName")
      ? Reflect.get(each, "errorName")
      : undefined;
    if (typeof name === "string") kinds.push(name);
  }
  Object.defineProperty(error, Symbol.for(key), { value: kinds });
}

/** The names that {@link markKinds} wrote, by whichever copy of this package. Empty for anything else. */
export function kindsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const kinds: unknown = Reflect.get(value, Symbol.for(key));
  return Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === "string") : [];
}
