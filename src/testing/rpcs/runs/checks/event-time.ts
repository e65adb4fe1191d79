import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";

import { isValidTimestamp } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";

/**
 * Returns a time of an event.
 * @throws INTERNAL when there is none or it is out of range; `describe` makes the text of what is wrong with it
 */
export function checkTime(
  time: Timestamp | undefined,
  describe: (problem: string) => string,
): Timestamp {
  if (time !== undefined && isValidTimestamp(time)) return time;
  const text = time === undefined ? "nil Timestamp" : messageText(TimestampSchema, time);
  throw adminError(Code.Internal, describe(`timestamp: ${text}`));
}

/** When an event reached its sender's server: its `reported_at`, or its `occurred_at` where there is none. */
export function reportedTime(event: {
  readonly reportedAt?: Timestamp | undefined;
  readonly occurredAt?: Timestamp | undefined;
}): Timestamp | undefined {
  const reported = event.reportedAt;
  const isSet = reported !== undefined && (reported.seconds !== 0n || reported.nanos !== 0);
  return isSet ? reported : event.occurredAt;
}
