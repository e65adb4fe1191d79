import { type Column, enumNames } from "../../lists/filters/index.js";
import { durationForm, parseDurationMs } from "../duration.js";

/** A value as the filter builder takes it, or what is wrong with the text. */
export type WhereValue = { readonly value: unknown } | { readonly problem: string };

/**
 * Reads the value of a condition by the kind of its column. A time may be a length of time before now, such as `-2h`;
 * a name of an enum may be in lower case. What else is wrong with a value, the filter builder finds.
 */
export function readWhereValue(column: Column, text: string, now: () => Date): WhereValue {
  switch (column.kind) {
    case "text":
      return { value: text };
    case "int":
      return /^-?\d+$/.test(text)
        ? { value: BigInt(text) }
        : { problem: "the value must be an integer." };
    case "time": {
      if (!text.startsWith("-")) return { value: text };
      const agoMs = parseDurationMs(text.slice(1));
      return agoMs === undefined
        ? { problem: "a time before now is written with its unit, such as -90m, -2h or -7d." }
        : { value: new Date(now().getTime() - agoMs) };
    }
    case "duration": {
      const ms = parseDurationMs(text);
      return ms === undefined
        ? { problem: `the value must be ${durationForm}.` }
        : { value: { ms } };
    }
    case "enum": {
      const names = enumNames(column.values);
      const isExact = names.includes(text);
      const folded = names.filter((name) => name.toLowerCase() === text.toLowerCase());
      return { value: isExact || folded.length !== 1 ? text : folded[0] };
    }
  }
}
