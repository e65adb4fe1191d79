import { InvalidOptionError, quote } from "../../errors/index.js";

/**
 * Creates the error of an argument that is invalid: "timeoutMs must be a non-negative number, got -1."
 *
 * @param option - the argument's name
 * @param expected - the words that follow "must be"
 * @param remedy - the sentence that follows, an imperative
 */
export function invalidOption(
  option: string,
  expected: string,
  value: unknown,
  remedy?: string,
): InvalidOptionError {
  const problem = `${option} must be ${expected}, got ${describeValue(value)}.`;
  const advice = remedy ?? (isObject(value) && isThenable(value) ? "Await it first." : undefined);
  return new InvalidOptionError(advice === undefined ? problem : `${problem} ${advice}`, {
    option,
  });
}

/** Whether a value is an object with fields: no array, and no plain value. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an object with fields, which are read by their names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value);
}

/**
 * Checks that an argument is an object with fields, as its type says.
 *
 * @param expected - the words that follow "must be", such as "an object with id and spec"
 * @throws InvalidOptionError when it is missing, an array or a plain value; the text does not show
 *   a string, which may be a secret in the wrong place
 */
export function requireObject<T>(value: T, option: string, expected: string): T & object {
  if (isObject(value) && !isThenable(value)) return value;
  if (typeof value !== "string") throw invalidOption(option, expected, value);
  throw new InvalidOptionError(`${option} must be ${expected}, got a string.`, { option });
}

/**
 * Returns the entry of a table under a name.
 *
 * @throws InvalidOptionError when the table lacks the name
 */
export function requireOneOf<Table extends object, K extends keyof Table>(
  table: Table,
  name: K,
  option = "kind",
): Table[K] {
  if (typeof name === "string" && Object.hasOwn(table, name)) return table[name];
  throw invalidOption(option, `one of ${Object.keys(table).join(", ")}`, name);
}

/** The smallest and the largest value of a number. */
interface NumberRange {
  readonly min: number;
  /** @defaultValue `Number.MAX_SAFE_INTEGER` */
  readonly max?: number;
  /** The unit, as in "an integer number of bytes". */
  readonly unit?: string;
}

/**
 * Checks an integer, and returns it.
 *
 * @param also - other values that the argument may have, in words, such as `"auto" or false`
 * @throws InvalidOptionError when it is not an integer in the range
 */
export function requireInteger(
  value: unknown,
  option: string,
  { min, max = Number.MAX_SAFE_INTEGER, unit }: NumberRange,
  also?: string,
): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  const kind = unit === undefined ? "an integer" : `an integer number of ${unit}`;
  const range =
    max === Number.MAX_SAFE_INTEGER
      ? `${kind} of at least ${min}`
      : `${kind} from ${min} to ${max}`;
  throw invalidOption(option, also === undefined ? range : `${range}, ${also}`, value);
}

/**
 * Checks a number, and returns it.
 *
 * @throws InvalidOptionError when it is not a number of at least the minimum
 */
export function requireNumber(value: unknown, option: string, min: number): number {
  if (typeof value === "number" && value >= min) return value;
  const expected = min === 0 ? "a non-negative number" : `a number of at least ${min}`;
  throw invalidOption(option, expected, value);
}

/**
 * Checks that an argument is a function, where it is given.
 *
 * @throws InvalidOptionError
 */
export function checkFunction(value: unknown, option: string): void {
  if (value === undefined || typeof value === "function") return;
  throw invalidOption(option, "a function", value);
}

/**
 * Checks that an argument is a string, and returns it.
 *
 * @throws InvalidOptionError
 */
export function requireString(value: unknown, option: string): string {
  if (typeof value === "string") return value;
  throw invalidOption(option, "a string", value);
}

/**
 * Checks that an argument is an AbortSignal, where it is given.
 *
 * @throws InvalidOptionError
 */
export function checkSignal(value: unknown, option = "signal"): void {
  // Signals of another realm and of polyfills are not instances of this realm's class.
  if (value === undefined) return;
  if (typeof value === "object" && value !== null && "aborted" in value) return;
  throw invalidOption(option, "an AbortSignal", value);
}

/**
 * Checks a time limit, and returns it, or `undefined` where there is none: the same for calls,
 * waits, transfers and bulk verbs.
 *
 * @param timeoutMs - milliseconds; `undefined`, 0 and Infinity mean no limit
 * @throws InvalidOptionError when it is not a non-negative number
 */
export function requireTimeLimit(
  timeoutMs: number | undefined,
  option = "timeoutMs",
): number | undefined {
  if (timeoutMs === undefined || timeoutMs === 0 || timeoutMs === Infinity) return undefined;
  if (typeof timeoutMs === "number" && timeoutMs > 0) return timeoutMs;
  throw invalidOption(
    option,
    "a non-negative number of milliseconds (0 or Infinity for no limit)",
    timeoutMs,
  );
}

/** Whether a value is a Promise, which is a missing `await` wherever a value is asked for. */
function isThenable(value: object): boolean {
  return "then" in value && typeof value.then === "function";
}

/**
 * Describes a value that was refused, for the end of an error's text: `-1`, `"abc"`, `an array`.
 * The content of objects is left out, as it may be secret.
 */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return `${value}n`;
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return "an array";
      if (value instanceof Date) return "a Date";
      if (value instanceof URL) return "a URL";
      return isThenable(value) ? "a Promise" : "an object";
    case "function":
      return "a function";
    default:
      return String(value);
  }
}
