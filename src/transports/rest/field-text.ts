import { ScalarType, type DescEnum, type DescField } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { isReflectMessage, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { DurationSchema, isWrapperDesc, TimestampSchema } from "@bufbuild/protobuf/wkt";

/** A value as a path or a query carries it, or why none can. */
export type FieldText = { readonly text: string } | { readonly reason: string };

/** A scalar, an enum value or a message that has a text form, in the form that the gateway parses. */
export function fieldText(field: DescField, value: unknown): FieldText | undefined {
  if (isReflectMessage(value)) return messageText(value);
  if (field.enum !== undefined) return enumText(field.enum, value);
  if (value instanceof Uint8Array) return { text: base64Encode(value, "url") };
  return typeof value === "string" ? stringText(value) : { text: scalarText(field, value) };
}

/** `undefined` for a message without a text form, whose fields are given one by one. */
function messageText(message: ReflectMessage): FieldText | undefined {
  const number = (at: number): unknown => {
    const field = message.findNumber(at);
    return field === undefined ? undefined : message.get(field);
  };
  if (message.desc.typeName === DurationSchema.typeName) return durationText(number(1), number(2));
  if (message.desc.typeName === TimestampSchema.typeName)
    return timestampText(number(1), number(2));
  const value = message.findNumber(1);
  return isWrapperDesc(message.desc) && value !== undefined
    ? fieldText(value, message.get(value))
    : undefined;
}

// The gateway takes the names and the numbers that it knows, and answers 400 to others.
function enumText(type: DescEnum, value: unknown): FieldText {
  const known = type.values.find((each) => each.number === value);
  return known === undefined
    ? { reason: `${String(value)} is no value of ${type.typeName}` }
    : { text: known.name };
}

function stringText(value: string): FieldText {
  try {
    encodeURIComponent(value);
    return { text: value };
  } catch {
    return { reason: "the text holds half of a surrogate pair" };
  }
}

function scalarText(field: DescField, value: unknown): string {
  const isFloat = field.scalar === ScalarType.DOUBLE || field.scalar === ScalarType.FLOAT;
  if (isFloat && value === Infinity) return "Inf";
  if (isFloat && value === -Infinity) return "-Inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The largest number of seconds that a Go duration holds. */
const maxGoSeconds = 9_223_372_035n;

function durationText(seconds: unknown, nanos: unknown): FieldText | undefined {
  if (typeof seconds !== "bigint" || typeof nanos !== "number") return undefined;
  if (seconds > maxGoSeconds || seconds < -maxGoSeconds)
    return { reason: "the duration is longer than 292 years" };
  const total = seconds * 1_000_000_000n + BigInt(nanos);
  const size = total < 0n ? -total : total;
  const fraction = (size % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  const whole = (size / 1_000_000_000n).toString();
  return { text: `${total < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}s` };
}

function timestampText(seconds: unknown, nanos: unknown): FieldText | undefined {
  if (typeof seconds !== "bigint" || typeof nanos !== "number") return undefined;
  const date = new Date(Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999)
    return { reason: "the time is outside the years 1 to 9999" };
  const fraction = nanos.toString().padStart(9, "0").replace(/0+$/, "");
  return { text: `${date.toISOString().slice(0, 19)}${fraction === "" ? "" : `.${fraction}`}Z` };
}
