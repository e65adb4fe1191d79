import { createHash } from "node:crypto";

import type { JsonValue, Message } from "@bufbuild/protobuf";

import { toJson } from "../../src/values/index.js";

/**
 * Hashes what rows hold. Servers write the entries of maps in any order, Go's in another one each
 * time, so bytes of equal rows differ.
 */
export function canonicalDigest(rows: readonly Message[]): string {
  const hash = createHash("sha256");
  for (const row of rows) hash.update(JSON.stringify(sorted(toJson(row))));
  return hash.digest("hex");
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}
