import { formatFloat } from "./float.js";
import type { GoJson } from "./json-value.js";

/** One difference between two JSON values; a removal has no value. */
interface Change {
  readonly path: string;
  readonly value: GoJson | undefined;
}

/**
 * The differences between a registered version and a new one, as the server prints them: the
 * paths that change both ways, each with the old and the new value.
 */
export function structureDiff(registered: GoJson, requested: GoJson): string {
  const forward = new Map(
    changes(registered, requested).map((change) => [change.path, change.value]),
  );
  return changes(requested, registered)
    .filter(({ path }) => forward.has(path))
    .map(({ path, value }) => `${path}:\n\t- ${goText(value)} \n\t+ ${goText(forward.get(path))}`)
    .join("\n");
}

function changes(from: GoJson, to: GoJson, path = ""): Change[] {
  if (isList(from) && isList(to)) return listChanges(from, to, path);
  if (isObject(from) && isObject(to)) return objectChanges(from, to, path);
  return from === to ? [] : [{ path, value: to }];
}

function objectChanges(from: JsonObject, to: JsonObject, path: string): Change[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return keys.flatMap((key) => {
    const inner = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const [before, after] = [from[key], to[key]];
    if (after === undefined) return [{ path: inner, value: undefined }];
    return before === undefined ? [{ path: inner, value: after }] : changes(before, after, inner);
  });
}

function listChanges(from: readonly GoJson[], to: readonly GoJson[], path: string): Change[] {
  const common = Math.min(from.length, to.length);
  const removed = from.slice(common).map(() => ({ path: `${path}/${common}`, value: undefined }));
  const replaced = from
    .slice(0, common)
    .flatMap((item, index) => changes(item, to[index] ?? null, `${path}/${index}`));
  const added = to.slice(common).map((value) => ({ path: `${path}/-`, value }));
  return [...removed, ...replaced, ...added];
}

/** A value as Go's `%v` prints it. */
function goText(value: GoJson | undefined): string {
  if (value === undefined || value === null) return "<nil>";
  if (typeof value === "number") return formatFloat(value);
  if (isList(value)) return `[${value.map(goText).join(" ")}]`;
  if (!isObject(value)) return String(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goText(value[key])}`);
  return `map[${entries.join(" ")}]`;
}

type JsonObject = Readonly<Record<string, GoJson>>;

function isList(value: GoJson): value is readonly GoJson[] {
  return Array.isArray(value);
}

function isObject(value: GoJson): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
