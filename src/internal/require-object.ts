import { InvalidOptionError } from "../errors/index.js";

/** What a value is in place of an object with fields, in words; `undefined` for such an object. */
export function otherThanObject(value: unknown): string | undefined {
  if (value === undefined || value === null) return "missing";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? undefined : `of type ${typeof value}`;
}

/**
 * Gives an argument back as the object that its type says it is: JavaScript also calls without it,
 * and with anything else.
 *
 * @param option - How the caller knows the argument.
 * @param what - What it must be, for errors.
 * @throws InvalidOptionError when it is missing or no object.
 */
export function requireObject<T>(value: T, option: string, what: string): T {
  const given = otherThanObject(value);
  if (given === undefined) return value;
  throw new InvalidOptionError(`${option} is ${given}; it must be ${what}`, { option });
}
