import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { TimestampSchema } from "@bufbuild/protobuf/wkt";

import { requireObject } from "../internal/validation/index.js";
import { requireMessage } from "../values/index.js";

/** The time of an event. */
export type EventTimeInput = Date | MessageInitShape<typeof TimestampSchema>;

/**
 * Refuses a value that is not an event, and an event without a time: the server answers INVALID_ARGUMENT to
 * some, INTERNAL to others, and dates the rest to the year 1.
 *
 * @throws InvalidOptionError
 */
export function checkEvent(event: { readonly occurredAt: object }): void {
  requireObject(event, "event", "an object with phase and occurredAt");
  requireObject(
    event.occurredAt,
    "event.occurredAt",
    "the time when the event happened, as a Date",
  );
}

/**
 * Creates the message of an event, with its identifiers in place of those that were given.
 *
 * @throws InvalidOptionError for an unknown name or a wrong value, at any depth
 */
export function createEvent<Desc extends DescMessage>(
  schema: Desc,
  event: object,
  identifiers: object,
): MessageShape<Desc> {
  return requireMessage(schema, { ...event, ...identifiers }, "event");
}
