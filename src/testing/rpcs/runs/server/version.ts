import { create } from "@bufbuild/protobuf";

import {
  type GetVersionResponse,
  GetVersionResponseSchema,
} from "../../../../../gen/flyteidl/admin/version_pb.js";
import type { FlyteState } from "../../../store/index.js";

/** Answers with the version of the server's build; a build that was given none calls it unknown. */
export function getVersion(state: FlyteState): GetVersionResponse {
  return create(GetVersionResponseSchema, {
    controlPlaneVersion: {
      Build: "unknown",
      Version: "unknown",
      BuildTime: goTimeText(state.startedAt),
    },
  });
}

/** A time as Go prints one that has a monotonic part. */
function goTimeText(time: Date): string {
  const [date = "", clock = ""] = time.toISOString().replace("Z", "").split("T");
  return `${date} ${clock} +0000 UTC m=+0.001000000`;
}
