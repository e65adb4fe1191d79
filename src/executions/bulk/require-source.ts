import { InvalidOptionError } from "../../errors/index.js";

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
  throw new InvalidOptionError(
    `the items are ${typeof source === "object" ? "no list" : `of type ${typeof source}`}; give an array, a list, or another iterable`,
    { option: "source" },
  );
}
