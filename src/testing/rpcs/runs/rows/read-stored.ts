import { create, fromBinary } from "@bufbuild/protobuf";

import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { FlyteState } from "../../../store/index.js";

/**
 * An object of the storage, decoded. Nothing when there is none, when it is over
 * the server's limit for reading, or when its bytes are not that message.
 */
export function readStored<T>(
  state: FlyteState,
  uri: string,
  decode: (bytes: Uint8Array) => T,
): T | undefined {
  const bytes = state.blobs.get(uri);
  if (bytes === undefined || bytes.length > state.config.maxDataBytes) return undefined;
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

/** The literals that are stored somewhere; an empty map when they cannot be read, whatever the reason. */
export function readLiterals(state: FlyteState, uri: string): LiteralMap {
  const literals =
    uri === "" ? undefined : readStored(state, uri, (bytes) => fromBinary(LiteralMapSchema, bytes));
  return literals ?? create(LiteralMapSchema);
}
