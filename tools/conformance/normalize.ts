import { type DescMethodUnary, type JsonValue, type Message, toJson } from "@bufbuild/protobuf";

/** A day, since clocks of servers differ and a run takes its time. */
const clockSlackMs = 24 * 3600 * 1000;

/** What a run knows of what its servers make up. */
export interface RunFacts {
  readonly project: string;
  /** When the run began, in milliseconds since 1970: times near it are those of a server's clock. */
  readonly startedMs: number;
}

/** A message as JSON, without what a server makes up and what other projects have. */
export function normalizedMessage(
  method: DescMethodUnary,
  message: Message,
  facts: RunFacts,
): JsonValue {
  const json = normalize(toJson(method.output, message), facts);
  if (method.name === "ListMatchableAttributes") return keepOwn(json, facts.project);
  return json;
}

/** A text without what a server makes up: generated names, ids of rows, hosts, signatures and its clock. */
export function normalizedText(text: string, facts: RunFacts): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(/https?:\/\/[^/\s"]+\//g, "http://HOST/")
    .replace(/\?[^\s"\]]*(?:X-Amz|X-Goog|Signature|sig=|se=|token=)[^\s"\]]*/gi, "?SIGNED")
    .replace(/\b[a-z0-9]{20}\b/g, "GENERATED")
    .replace(/(for node execution) \d+/g, "$1 ROW")
    .replace(/(request ?id:?) ?[^ ,]+/gi, "$1 REQUEST")
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g, (time) =>
      isServerTime(time, facts) ? "TIME" : time,
    )
    .trimEnd();
}

function normalize(value: JsonValue, facts: RunFacts): JsonValue {
  if (typeof value === "string") return normalizedText(value, facts);
  if (Array.isArray(value)) return value.map((item) => normalize(item, facts));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, normalize(item, facts)]));
}

function isServerTime(time: string, { startedMs }: RunFacts): boolean {
  return Math.abs(Date.parse(time) - startedMs) < clockSlackMs;
}

function keepOwn(json: JsonValue, project: string): JsonValue {
  if (json === null || typeof json !== "object" || Array.isArray(json)) return json;
  const { configurations } = json;
  if (!Array.isArray(configurations)) return json;
  const own = configurations.filter((row) =>
    JSON.stringify(row).includes(`"project":"${project}"`),
  );
  return own.length === 0 ? {} : { configurations: own };
}
