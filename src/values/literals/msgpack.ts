import { decode, encode } from "@msgpack/msgpack";

import type { BinaryCodec } from "./codec.js";
import { checkMsgpack } from "./msgpack-scan.js";

/**
 * The encoding of dataclasses and of dicts by flytekit 1.14 and later. Integers
 * come as numbers, and as bigints where a number would not be exact.
 */
export const msgpack: BinaryCodec = {
  tag: "msgpack",
  decode(bytes) {
    checkMsgpack(bytes);
    return withNumbers(decode(bytes, { useBigInt64: true }));
  },
  encode(value) {
    return encode(value, { useBigInt64: true, maxDepth: 200 });
  },
};

/** Only what is too large for a number stays a bigint, whichever width it was sent in. */
function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(withNumbers);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumbers(inner)]));
}
