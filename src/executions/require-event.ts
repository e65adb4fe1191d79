import { requireObject } from "../internal/validation/index.js";

/**
 * Refuses a value that is not an event, and an event without a time: the server answers INVALID_ARGUMENT to
 * some, INTERNAL to others, and dates the rest to the year 1.
 *
 * @throws InvalidOptionError
 */
export function requireEvent(event: { readonly occurredAt: object }): void {
  requireObject(event, "event", "an object with what happened");
  requireObject(event.occurredAt, "event.occurredAt", "the time when the event happened");
}
