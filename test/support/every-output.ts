import { inspect } from "node:util";

/** Everything that someone could print, store or send on of a value, errors with all their causes. */
export function everyOutput(value: unknown): string {
  const shown = inspect(value, { depth: 10, showHidden: true, getters: true });
  return [shown, jsonOf(value), clonedOf(value), ...ofErrors(value)].join("\n");
}

function ofErrors(value: unknown, depth = 0): readonly string[] {
  if (!(value instanceof Error) || depth > 10) return [];
  const own = [String(value), value.message, value.stack ?? "", jsonOf(value), clonedOf(value)];
  const errors: readonly unknown[] = value instanceof AggregateError ? value.errors : [];
  const inner = [...errors, value.cause];
  return [...own, ...inner.flatMap((error) => ofErrors(error, depth + 1))];
}

function jsonOf(value: unknown): string {
  try {
    // Of a function or of nothing there is no JSON, which joins as an empty text.
    return [JSON.stringify(value)].join("");
  } catch (error) {
    return String(error);
  }
}

function clonedOf(value: unknown): string {
  try {
    return inspect(structuredClone(value), { depth: 10, showHidden: true });
  } catch {
    // Values that cannot be cloned cannot be output in this way.
    return "";
  }
}
