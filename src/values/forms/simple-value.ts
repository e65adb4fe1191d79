import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { isRecord, LiteralError, setMember, show } from "../literals/index.js";
import type { SecondsAndNanos } from "../times.js";

/** JSON that does not fit an interface. */
export class JsonInputError extends LiteralError {
  static override get errorName(): string {
    return "JsonInputError";
  }

  /** The JSON pointer of the value, such as `/config/items/3`, as validators of JSON Schema have it. */
  readonly pointer: string;

  constructor(path: string, pointer: string, problem: string) {
    super(path, problem);
    this.pointer = pointer;
  }
}

const thirtyOne = "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])";
const thirty = "(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)";
const february = "02-(?:0[1-9]|1\\d|2[0-8])";
const leapYear = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const date = `(?:\\d{4}-(?:${thirtyOne}|${thirty}|${february})|${leapYear}-02-29)`;
const time = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?";
const offset = "[+-](?:[01]\\d|2[0-3]):[0-5]\\d";

const upTo12Digits =
  "(?:\\d{1,11}|[12]\\d{11}|30\\d{10}|31[0-4]\\d{9}|315[0-4]\\d{8}|3155[0-6]\\d{7}|31557[0-5]\\d{6}|315576000000)";

/** The patterns of strings that become values of another type. Conversion takes all that they match. */
interface Patterns {
  /**
   * The datetimes that a Timestamp has, of the years 1 to 9999 in UTC. In the first and the last year an offset could
   * lead out of these.
   */
  readonly datetime: string;
  /** The durations that a Duration has, in seconds: about 10,000 years either way. */
  readonly duration: string;
  /** Base64 with padding. */
  readonly base64: string;
}

export const patterns: Patterns = {
  datetime: `^(?!0000)(?!(?:0001|9999).*${offset}$)${date}T${time}(?:Z|${offset})$`,
  duration: `^-?${upTo12Digits}(?:\\.\\d{1,9})?s$`,
  base64: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
};

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
