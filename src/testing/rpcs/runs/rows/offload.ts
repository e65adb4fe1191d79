import { create, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";
import { referenceProblem } from "../../../go-format/index.js";

/**
 * Writes literals to the server's own bucket, and returns where they are. A missing map is an
 * empty one.
 * @throws INTERNAL when the path makes no URL
 */
export function offloadLiterals(
  state: FlyteState,
  literals: LiteralMap | undefined,
  path: readonly string[],
): string {
  const problem = referenceProblem(state.config.metadataPrefix, path);
  if (problem !== undefined) {
    throw adminError(
      Code.Internal,
      `Failed to construct data reference for [[${path.join(" ")}]] with err: ${problem}`,
    );
  }
  const uri = [state.config.metadataPrefix, ...path].join("/");
  state.blobs.put(uri, toBinary(LiteralMapSchema, literals ?? create(LiteralMapSchema)));
  return uri;
}
