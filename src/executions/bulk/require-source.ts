import { invalidOption } from "../../internal/validation/index.js";

/**
 * Refuses what cannot be read item by item.
 *
 * @throws InvalidOptionError
 */
export function requireSource(source: unknown): void {
  const isSource =
    typeof source === "object" &&
    source !== null &&
    (Symbol.iterator in source || Symbol.asyncIterator in source);
  if (isSource) return;
  throw invalidOption("source", "an array, a list or another iterable", source);
}
