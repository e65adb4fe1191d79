import type { JsonValue } from "@bufbuild/protobuf";

/** Server clocks show times from here on; those of events lie before. */
const clockFrom = Date.UTC(2026, 10, 1);

/**
 * A message's JSON without what a server makes up: times of its clock,
 * generated names, hosts and queries of signed URLs. Keys are in order.
 */
export function withoutMadeUpValues(value: JsonValue): JsonValue {
  if (typeof value === "string") return withoutMadeUpText(value);
  if (Array.isArray(value)) return value.map(withoutMadeUpValues);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutMadeUpValues(item)]));
}

/** A text without what a server makes up. Runs of spaces are one: Go writes prototext with one or two. */
export function withoutMadeUpText(text: string): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(/\b[a-z][a-z0-9]{19}\b/g, "GENERATED")
    .replace(/https?:\/\/[^/\s]+\//g, "http://HOST/")
    .replace(/\?[^\s"\]]*(?:X-Amz|Signature|AWSAccessKeyId|expires|fake|sig)[^\s"\]]*/gi, "?SIGNED")
    .replace(/20\d\d-\d\d-\d\d[T ][0-9:.]+(?:Z| \+0000 UTC)?(?: m=\+[0-9.]+)?/g, (time) =>
      isOfServerClock(time) ? "TIME" : time,
    )
    .replace(/RequestID:? ?[^ ,]+|request id: [^ ,]+/gi, "REQUEST")
    .replace(/[a-z2-7]{56}=*|[0-9a-v]{20,}\//gi, "RANDOM")
    .trimEnd();
}

function isOfServerClock(time: string): boolean {
  const iso = time.replace(" ", "T").replace(/ .*/, "").replace(/Z?$/, "Z");
  return Date.parse(iso) > clockFrom;
}
