import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { isRecord, setMember, show } from "../literals/index.js";
import type { SecondsAndNanos } from "../times/index.js";
import { JsonInputError } from "./json-input-error.js";
import { patterns } from "./patterns.js";

/** The position of a conversion in JSON. */
export interface JsonPlace {
  readonly path: string;
  readonly pointer: string;
  readonly depth: number;
}

/** Returns the value that `valueToLiteral` takes for JSON of a simple type. */
export function simpleValue(
  json: unknown,
  type: SimpleType,
  isStrict: boolean,
  place: JsonPlace,
): unknown {
  switch (type) {
    case SimpleType.INTEGER:
      return !isStrict && typeof json === "string" && /^-?\d{1,19}$/.test(json)
        ? BigInt(json)
        : json;
    case SimpleType.FLOAT:
      return isStrict ? json : (notFinite(json) ?? json);
    case SimpleType.DATETIME:
      return datetime(
        matching(json, patterns.datetime, "a datetime such as 2026-11-29T15:30:00Z", place),
      );
    case SimpleType.DURATION:
      return duration(
        matching(json, patterns.duration, "a duration in seconds such as 1.5s", place),
      );
    case SimpleType.BINARY:
      return binary(json, place);
    case SimpleType.STRUCT:
      return withoutUndefined(json);
    default:
      return json;
  }
}

/** The numbers that JSON has no numbers for. */
function notFinite(json: unknown): number | undefined {
  const numbers = [NaN, Infinity, -Infinity];
  return numbers.find((value) => json === String(value));
}

function matching(json: unknown, pattern: string, expected: string, place: JsonPlace): string {
  if (typeof json === "string" && new RegExp(pattern, "u").test(json)) return json;
  throw new JsonInputError(place.path, place.pointer, `expected ${expected}, got ${show(json)}`);
}

function datetime(text: string): SecondsAndNanos {
  const [, toSeconds = "", fraction = "", zone = ""] = /^(.{19})(?:\.(\d+))?(.+)$/.exec(text) ?? [];
  const seconds = Date.parse(toSeconds + zone) / 1000;
  return { seconds: BigInt(seconds), nanos: nanosOf(fraction) };
}

function duration(text: string): SecondsAndNanos {
  const [, sign = "", seconds = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(text) ?? [];
  const nanos = nanosOf(fraction);
  return sign === "-"
    ? { seconds: -BigInt(seconds), nanos: 0 - nanos }
    : { seconds: BigInt(seconds), nanos };
}

function nanosOf(fraction: string): number {
  return Number(fraction.padEnd(9, "0"));
}

function binary(json: unknown, place: JsonPlace): unknown {
  if (!isRecord(json)) return json;
  const { value } = json;
  const text = matching(value, patterns.base64, "base64 with padding", {
    ...place,
    path: `${place.path}.value`,
    pointer: `${place.pointer}/value`,
  });
  return { ...json, value: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) };
}

const maxDepth = 200;

/** Forms leave `undefined` where a field was cleared, which JSON leaves out. */
function withoutUndefined(json: unknown, depth = 0): unknown {
  // What is deeper is refused later.
  if (depth > maxDepth) return json;
  if (Array.isArray(json)) return json.map((item) => withoutUndefined(item, depth + 1));
  if (!isRecord(json)) return json;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    if (value !== undefined) setMember(copy, key, withoutUndefined(value, depth + 1));
  }
  return copy;
}
