import { create, toBinary } from "@bufbuild/protobuf";

import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { FlyteState } from "../../../store/index.js";

/** Writes literals to the server's own bucket, and returns where they are. A missing map is an empty one. */
export function offloadLiterals(
  state: FlyteState,
  literals: LiteralMap | undefined,
  path: readonly string[],
): string {
  const uri = [state.config.metadataPrefix, ...path].join("/");
  state.blobs.put(uri, toBinary(LiteralMapSchema, literals ?? create(LiteralMapSchema)));
  return uri;
}
