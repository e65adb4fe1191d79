import { create } from "@bufbuild/protobuf";
import { type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";

import { durationNanos } from "../../../store/index.js";
import { durationText, messageText } from "../../../go-format/index.js";

const maxSeconds = 315_576_000_000n;

/** Whether a duration is one that `google.protobuf.Duration` allows. */
export function isValidDuration({ seconds, nanos }: Duration): boolean {
  const signsAgree = nanos === 0 || seconds === 0n || nanos > 0 === seconds > 0n;
  return (
    signsAgree && Math.abs(nanos) < 1_000_000_000 && seconds <= maxSeconds && seconds >= -maxSeconds
  );
}

/**
 * How long a link is to live: as asked, or as long as the server allows.
 * @returns what is wrong with it, when something is
 */
export function downloadExpiry(
  expiresIn: Duration | undefined,
  maxExpirySeconds: number,
): Duration | string {
  const longest = longestExpiry(maxExpirySeconds);
  if (expiresIn === undefined) return longest;
  if (!isValidDuration(expiresIn)) {
    return `input duration [${messageText(DurationSchema, expiresIn)}] is invalid`;
  }
  const nanos = durationNanos(expiresIn);
  if (nanos < 0n) return `input duration [${durationText(nanos)}] should not less than 0`;
  const max = durationNanos(longest);
  if (nanos <= max) return expiresIn;
  return `input duration [${durationText(nanos)}] cannot exceed max allowed expiration [${durationText(max)}]`;
}

/** The longest life of a link. */
export function longestExpiry(maxExpirySeconds: number): Duration {
  return create(DurationSchema, { seconds: BigInt(maxExpirySeconds) });
}
