import { InvalidOptionError } from "../errors/index.js";

/**
 * Refuses an event without a time: the server answers INVALID_ARGUMENT to some,
 * INTERNAL to others, and dates the rest to the year 1.
 */
export function requireEventTime(occurredAt: object | undefined): void {
  if (occurredAt !== undefined) return;
  throw new InvalidOptionError("event.occurredAt is missing: say when the event happened", {
    option: "event.occurredAt",
  });
}
