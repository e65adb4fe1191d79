/** What `create` takes for a Timestamp or a Duration. */
export interface SecondsAndNanos {
  readonly seconds: bigint;
  readonly nanos: number;
}

/**
 * A Timestamp's fields, of a Date. protobuf's own `timestampFromDate` brings its descriptor of the type along,
 * and all that it is made with; `create` of a message that holds a Timestamp has one at hand.
 *
 * @throws RangeError for a date that is not valid
 */
export function timestampOf(date: Date): SecondsAndNanos {
  const seconds = Math.floor(date.getTime() / 1000);
  return { seconds: BigInt(seconds), nanos: (date.getTime() - seconds * 1000) * 1_000_000 };
}

/**
 * A Duration's fields, both of the sign of the duration.
 *
 * @throws RangeError for what is not finite
 */
export function durationOf(durationMs: number): SecondsAndNanos {
  const seconds = Math.trunc(durationMs / 1000);
  const nanos = Math.round((durationMs - seconds * 1000) * 1_000_000);
  // What is a nanosecond's fraction short of a second becomes one.
  const more = Math.trunc(nanos / 1_000_000_000);
  // Never -0, which is not zero to a field without presence.
  return { seconds: BigInt(seconds + more), nanos: nanos - more * 1_000_000_000 || 0 };
}
