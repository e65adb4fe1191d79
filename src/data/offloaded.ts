import { fromBinary } from "@bufbuild/protobuf";

import {
  type Literal,
  LiteralMapSchema,
  LiteralSchema,
} from "../../gen/flyteidl/core/literals_pb.js";
import type { Connection } from "../calls/index.js";
import { FlyteError } from "../errors/index.js";
import { copyMessage } from "../internal/index.js";
import type { LiteralsResult, UnfetchedLiteral } from "./data-results.js";
import { type OffloadedSlot, slotsOf, slotsOfMap } from "./offloaded-slots.js";
import type { ReadDataOptions } from "./read-data-options.js";
import { defaultMaxBytes } from "./signed-urls/index.js";
import { objectAtUri, readStoredObject } from "./stored-object.js";

/** An offloaded literal may refer to others, and by mistake to itself. */
const maxDepth = 5;

/**
 * Puts the offloaded literals of a result in their places, as far as the option
 * asks for it and they can be fetched. The map of the result stays as it is,
 * since it may be that of a row.
 */
export async function withOffloaded<Result extends LiteralsResult>(
  result: Result,
  connection: Connection,
  options: ReadDataOptions,
): Promise<Result> {
  if (options.fetchOffloaded !== true) return result;
  const literals = copyMessage(LiteralMapSchema, result.literals);
  const slots = [...slotsOfMap(literals, "literals")];
  return { ...result, literals, unfetched: await fill(slots, connection, options) };
}

/** The same for one literal. */
export async function literalWithOffloaded(
  literal: Literal,
  connection: Connection,
  options: ReadDataOptions,
): Promise<{ readonly literal: Literal; readonly unfetched?: readonly UnfetchedLiteral[] }> {
  if (options.fetchOffloaded !== true) return { literal };
  let whole = copyMessage(LiteralSchema, literal);
  const replace = (other: Literal): void => {
    whole = other;
  };
  const slots = [...slotsOf(whole, "literal", replace)];
  const unfetched = await fill(slots, connection, options);
  return { literal: whole, unfetched };
}

async function fill(
  slots: readonly OffloadedSlot[],
  connection: Connection,
  options: ReadDataOptions,
): Promise<readonly UnfetchedLiteral[]> {
  const unfetched: UnfetchedLiteral[] = [];
  let left = options.maxBytes ?? defaultMaxBytes;
  let level = slots;
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    const inner: OffloadedSlot[] = [];
    for (const slot of level) {
      const result = await fetchLiteral(slot, connection, { ...options, maxBytes: left });
      if (result.kind === "fetched") {
        left -= result.bytes;
        slot.replace(result.literal);
        const replace = (other: Literal): void => {
          slot.replace(other);
        };
        for (const found of slotsOf(result.literal, slot.path, replace)) inner.push(found);
      } else {
        unfetched.push({ path: slot.path, result });
      }
    }
    level = inner;
  }
  return [...unfetched, ...level.map(tooDeep)];
}

type FetchResult =
  | { readonly kind: "fetched"; readonly literal: Literal; readonly bytes: number }
  | UnfetchedLiteral["result"];

async function fetchLiteral(
  { reference, path }: OffloadedSlot,
  connection: Connection,
  options: ReadDataOptions,
): Promise<FetchResult> {
  const { uri, sizeBytes } = reference;
  const size = sizeBytes === 0n ? undefined : Number(sizeBytes);
  const result = await readStoredObject(
    objectAtUri(uri, size, connection, options),
    connection,
    options,
  );
  if (result.kind === "failed") return { kind: "unreadable", uri, error: result.error };
  if (result.kind !== "bytes") return result;
  const literal = tryDecode(result.bytes);
  if (literal !== undefined) return { kind: "fetched", literal, bytes: result.bytes.length };
  const problem = `The ${result.bytes.length} bytes of ${uri} are not a flyteidl.core.Literal, or one that is nested too deep`;
  const error = new FlyteError(`${problem} (${path}).`, { code: "DATA_LOSS" });
  return { kind: "unreadable", uri, error };
}

function tooDeep({ path, reference: { uri } }: OffloadedSlot): UnfetchedLiteral {
  const problem = `${path} is offloaded more than ${maxDepth} times over`;
  const error = new FlyteError(problem, { code: "DATA_LOSS" });
  return { path, result: { kind: "unreadable", uri, error } };
}

/** Bytes of another kind may pass for a message that holds only unknown fields. */
function tryDecode(bytes: Uint8Array): Literal | undefined {
  try {
    const literal = fromBinary(LiteralSchema, bytes);
    return literal.value.case === undefined ? undefined : literal;
  } catch {
    return undefined;
  }
}
