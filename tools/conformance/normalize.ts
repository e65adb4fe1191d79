import {
  createRegistry,
  type DescMessage,
  type DescMethodUnary,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { EventFailureReasonSchema } from "flyte-admin-client/gen/flyteidl/admin/event_pb";

/** The messages that may come packed in an `Any`. */
const registry = createRegistry(EventFailureReasonSchema);

/** The facts of a run about values that its servers choose. */
export interface RunFacts {
  /** The project of the run, where the server has others. */
  readonly project?: string;
  /** Times from here on, in milliseconds since 1970, are those of a server's clock: events lie before. */
  readonly serverTimesFromMs: number;
  /** Whether the server knows who calls, which the in-memory one does not learn. */
  readonly isSignedIn?: boolean;
}

/** A signed URL, but for the last part of its path: the bucket may be in its host or in its path. */
const signedUrl =
  /https?:\/\/[^\s"?]*?\/?([^/\s"?]*)\?[^\s"\]]*(?:X-Amz|X-Goog|Signature|sig=|se=)[^\s"\]]*/gi;

/** Where a server writes who called. */
const userFields: ReadonlySet<string> = new Set(["principal", "executionIdentity"]);

/** A message as JSON, without what a server makes up and what other projects have. */
export function normalizedMessage(
  method: DescMethodUnary,
  message: Message,
  facts: RunFacts,
): JsonValue {
  const json = normalize(jsonOf(method.output, message), facts);
  const { project } = facts;
  return method.name === "ListMatchableAttributes" && project !== undefined
    ? keepOwn(json, project)
    : json;
}

/** A message as JSON, with what is packed into it. */
export function jsonOf(schema: DescMessage, message: Message): JsonValue {
  return toJson(schema, message, { registry });
}

/** A text without what a server makes up: generated names, ids of rows, hosts, signatures and its clock. */
export function normalizedText(text: string, facts: RunFacts): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(signedUrl, "http://SIGNED/$1")
    .replace(/https?:\/\/[^/\s"]+\//g, "http://HOST/")
    .replace(/\b[a-z0-9]{20}\b/g, "GENERATED")
    .replace(/(for node execution) \d+/g, "$1 ROW")
    .replace(/(request ?id:?) ?[^ ,]+/gi, "$1 REQUEST")
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z| \+0000 UTC)?(?: m=\+[\d.]+)?/g, (time) =>
      isServerTime(time, facts) ? "TIME" : time,
    )
    .trimEnd();
}

function normalize(value: JsonValue, facts: RunFacts): JsonValue {
  if (typeof value === "string") return normalizedText(value, facts);
  if (Array.isArray(value)) return value.map((item) => normalize(item, facts));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value)
    .filter(([key]) => facts.isSignedIn !== true || !userFields.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, normalize(item, facts)]));
}

function isServerTime(time: string, { serverTimesFromMs }: RunFacts): boolean {
  const iso = time.replace(" ", "T").replace(/ .*/, "").replace(/Z?$/, "Z");
  return Date.parse(iso) >= serverTimesFromMs;
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
