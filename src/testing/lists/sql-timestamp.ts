import { databaseError } from "../server-errors.js";
import type { Micros } from "../store/index.js";

const dayMicros = 86_400_000_000;

/**
 * Microseconds of a text that the database casts to a time. It takes dates,
 * dates with a time of day and a zone, and a few words; texts without a zone
 * are UTC. More than six digits of a second are rounded.
 * @throws UNKNOWN when the database cannot read it
 */
export function parseTimestamp(text: string, now: Date): Micros {
  const trimmed = text.trim();
  const word = wordToMicros(trimmed.toLowerCase(), now);
  if (word !== undefined) return word;
  const match = timestampPattern.exec(trimmed) ?? packedPattern.exec(trimmed);
  const fields = match?.groups;
  if (fields === undefined) {
    throw databaseError(`invalid input syntax for type timestamp with time zone: "${text}"`);
  }
  const micros = fieldsToMicros(fields);
  if (micros === undefined) throw databaseError(`date/time field value out of range: "${text}"`);
  return micros;
}

const timeAndZone =
  /(?:(?:[Tt]|\s+)(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?<fraction>\.\d*)?)?)?\s*(?<zone>[Zz]|UTC|utc|GMT|gmt|[+-]\d{1,2}(?::?\d{2}(?::?\d{2})?)?)?$/
    .source;
const timestampPattern = new RegExp(
  `^(?<year>\\d{4,6})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})${timeAndZone}`,
);
const packedPattern = new RegExp(`^(?<year>\\d{4,})(?<month>\\d{2})(?<day>\\d{2})${timeAndZone}`);

function wordToMicros(word: string, now: Date): Micros | undefined {
  const today = Math.floor(now.getTime() / 86_400_000) * dayMicros;
  switch (word) {
    case "now":
      return now.getTime() * 1000;
    case "today":
      return today;
    case "yesterday":
      return today - dayMicros;
    case "tomorrow":
      return today + dayMicros;
    case "epoch":
      return 0;
    case "infinity":
    case "+infinity":
      return Infinity;
    case "-infinity":
      return -Infinity;
    default:
      return undefined;
  }
}

function fieldsToMicros(fields: Readonly<Record<string, string | undefined>>): Micros | undefined {
  const [year, month, day] = [
    Number(fields["year"]),
    Number(fields["month"]),
    Number(fields["day"]),
  ];
  const [hour, minute, second] = [
    Number(fields["hour"] ?? 0),
    Number(fields["minute"] ?? 0),
    Number(fields["second"] ?? 0),
  ];
  const inRange =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    isTimeOfDay(hour, minute, second);
  if (!inRange || year < 1 || year > 294_276) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const micros = Math.round(
    Number(fields["fraction"] === "." ? 0 : (fields["fraction"] ?? 0)) * 1e6,
  );
  const timeOfDay = ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros;
  const offset = zoneMicros(fields["zone"]);
  return offset === undefined ? undefined : date.getTime() * 1000 + timeOfDay - offset;
}

function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return (
    (hour <= 23 && minute <= 59 && second <= 60) || (hour === 24 && minute === 0 && second === 0)
  );
}

function daysIn(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function zoneMicros(zone: string | undefined): number | undefined {
  const match = /^([+-])(\d{1,2}):?(\d{2})?:?(\d{2})?$/.exec(zone ?? "");
  if (match === null) return 0;
  const [hours, minutes, seconds] = [
    Number(match[2]),
    Number(match[3] ?? 0),
    Number(match[4] ?? 0),
  ];
  if (hours > 15 || minutes > 59 || seconds > 59) return undefined;
  return (match[1] === "-" ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;
}
