import { InvalidOptionError } from "../errors/index.js";

/**
 * What a table has for a kind. Where there is nothing for it, FlyteAdmin would answer about no kind
 * at all.
 *
 * @throws InvalidOptionError when there is no such kind
 */
export function requireOneOf<Kinds extends object, K extends keyof Kinds>(
  kinds: Kinds,
  kind: K,
  option = "kind",
): Kinds[K] {
  const name: unknown = kind;
  if (typeof name === "string" && Object.hasOwn(kinds, name)) return kinds[kind];
  const given = typeof name === "string" ? JSON.stringify(name) : `of type ${typeof name}`;
  throw new InvalidOptionError(
    `${option} is ${given}; it must be one of ${Object.keys(kinds).join(", ")}`,
    { option },
  );
}
