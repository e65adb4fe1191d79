import { type DescField, isMessage, type Message } from "@bufbuild/protobuf";
import type { Duration } from "@bufbuild/protobuf/wkt";

import type { RestLimitReason } from "./rest-limits.js";

/** A value as a path or a query carries it, or why none can. */
export type FieldText = { readonly text: string } | { readonly reason: RestLimitReason };

/**
 * A value in the form that the gateway parses: enums by name, numbers in decimals,
 * durations as Go writes them. `undefined` for a message whose fields are given one
 * by one. No request of FlyteAdmin has a field of another kind outside of a body.
 */
export function fieldText(field: DescField, value: unknown): FieldText | undefined {
  if (isMessage(value)) return isDuration(value) ? durationText(value) : undefined;
  const text = field.enum === undefined ? String(value) : enumName(field, value);
  return text === undefined ? { reason: "unknownEnum" } : { text };
}

function enumName(field: DescField, value: unknown): string | undefined {
  return field.enum?.values.find((each) => each.number === value)?.name;
}

/** By its name: the schema would bring another descriptor of the type along. */
function isDuration(message: Message): message is Duration {
  return message.$typeName === "google.protobuf.Duration";
}

/** The largest number of seconds that a Go duration holds. */
const maxGoSeconds = 9_223_372_035n;

function durationText({ seconds, nanos }: Duration): FieldText {
  if (seconds > maxGoSeconds || seconds < -maxGoSeconds) return { reason: "longDuration" };
  const total = seconds * 1_000_000_000n + BigInt(nanos);
  const size = total < 0n ? -total : total;
  const digits = size.toString().padStart(10, "0");
  const fraction = digits.slice(-9).replace(/0+$/, "");
  const point = fraction === "" ? "" : ".";
  return { text: `${total < 0n ? "-" : ""}${digits.slice(0, -9)}${point}${fraction}s` };
}
