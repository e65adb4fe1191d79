/** The range and names of one field of a cron expression. */
interface FieldBounds {
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers, from `min` on. */
  readonly names?: readonly string[];
}

const fieldBounds: readonly FieldBounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  {
    min: 1,
    max: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { min: 0, max: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

const descriptors: ReadonlySet<string> = new Set([
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@daily",
  "@midnight",
  "@hourly",
  "yearly",
  "annually",
  "monthly",
  "weekly",
  "daily",
  "midnight",
  "hourly",
  "days",
  "hours",
  "years",
  "weeks",
  "months",
]);

/** Why the server's parser refuses a cron expression, in its words; nothing when it takes it. */
export function cronProblem(expression: string): string | undefined {
  const spec = expression.replace(/^(CRON_)?TZ=\S+ +/, "").trim();
  if (descriptors.has(spec) || /^@every \S+$/.test(spec)) return undefined;
  if (spec.startsWith("@")) return `unrecognized descriptor: ${spec}`;
  const fields = spec.split(/\s+/).filter((field) => field !== "");
  if (fields.length !== fieldBounds.length) {
    return `expected exactly ${fieldBounds.length} fields, found ${fields.length}: [${fields.join(" ")}]`;
  }
  for (const [index, bounds] of fieldBounds.entries()) {
    for (const range of (fields[index] ?? "").split(",").filter((part) => part !== "")) {
      const problem = rangeProblem(range, bounds);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function rangeProblem(range: string, bounds: FieldBounds): string | undefined {
  const [span = "", step, ...moreSteps] = range.split("/");
  const [low = "", high, ...moreEnds] = span.split("-");
  const isAll = low === "*" || low === "?";
  const start = isAll ? bounds.min : parseNumber(low, bounds);
  if (typeof start === "string") return start;
  if (!isAll && moreEnds.length > 0) return `too many hyphens: ${range}`;
  const given = isAll ? bounds.max : high === undefined ? start : parseNumber(high, bounds);
  if (typeof given === "string") return given;
  if (moreSteps.length > 0) return `too many slashes: ${range}`;
  const stride = step === undefined ? 1 : parseNumber(step);
  if (typeof stride === "string") return stride;
  const end = step !== undefined && high === undefined ? bounds.max : given;
  if (start < bounds.min) {
    return `beginning of range (${start}) below minimum (${bounds.min}): ${range}`;
  }
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${range}`;
  if (start > end) {
    return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  }
  return stride === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** A number or the name of one; a string with the problem when it is neither. */
function parseNumber(text: string, bounds?: FieldBounds): number | string {
  const named = bounds?.names?.indexOf(text.toLowerCase()) ?? -1;
  if (bounds !== undefined && named >= 0) return bounds.min + named;
  if (/^\+?\d+$/.test(text)) return Number(text);
  return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
}
