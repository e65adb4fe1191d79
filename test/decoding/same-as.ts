import { isDeepStrictEqual } from "node:util";

import { expect } from "@jest/globals";
import { type DescMessage, fromBinary, type Message } from "@bufbuild/protobuf";

/** What decoding came to: a message, or that it failed. */
export type Outcome = { readonly message: Message } | "fails";

/** What protobuf-es makes of bytes. */
function theirs(desc: DescMessage, bytes: Uint8Array): Outcome {
  return outcomeOf(() => fromBinary(desc, bytes));
}

/** What a decoder makes of bytes. Any error is a failure but one of the engine's own. */
export function outcomeOf(decode: () => Message): Outcome {
  try {
    return { message: decode() };
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return "fails";
  }
}

/** Asserts that two outcomes are the same, with prototypes, unknown fields and the sign of zero. */
export function expectSame(desc: DescMessage, bytes: Uint8Array, ours: Outcome): void {
  const wanted = theirs(desc, bytes);
  if (isDeepStrictEqual(ours, wanted)) return;
  // Says where they differ; what it cannot see is told by the bytes.
  expect({ type: desc.typeName, ours }).toStrictEqual({ type: desc.typeName, ours: wanted });
  throw new Error(`${desc.typeName} differs from ${Buffer.from(bytes).toString("hex")}`);
}
