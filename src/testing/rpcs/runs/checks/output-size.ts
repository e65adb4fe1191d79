import { toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";

/** Refuses inline output of an event that is larger than the server takes. */
export function checkOutputSize(state: FlyteState, output: LiteralMap | undefined): void {
  if (output === undefined) return;
  const bytes = toBinary(LiteralMapSchema, output).length;
  const max = state.config.maxDataBytes;
  if (bytes > max) {
    throw adminError(
      Code.ResourceExhausted,
      `Output data size exceeds platform configured threshold (${bytes} > ${max})`,
    );
  }
}
