const maxLength = 40;

/**
 * Describes a value that was refused, for the end of an error's text: `-1`, `"abc"`, `an array`.
 * The content of objects is left out, as it may be secret.
 */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > maxLength
        ? `${JSON.stringify(value.slice(0, maxLength))}…`
        : JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
    case "function":
      return "a function";
    default:
      return String(value);
  }
}
