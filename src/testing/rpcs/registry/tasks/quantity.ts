/** A quantity of a resource in Kubernetes' notation, such as `500m`, `2Gi` or `1e3`. */
export interface Quantity {
  /** The amount in billionths, rounded up: Kubernetes keeps no smaller parts. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

type QuantityFormat = "binary" | "decimal" | "exponent";

/** A quantity that cannot be read, with the reason in Kubernetes' words. */
export interface BadQuantity {
  readonly problem: string;
}

const nanosPerUnit = 1_000_000_000n;
const maxUnits = (1n << 63n) - 1n;
/** Beyond this, no exponent changes what a quantity is capped to, and powers of it would only cost memory. */
const maxExponent = 40;

const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"] as const;
const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;
const lowestDecimalExponent = -9;

const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;

/** Reads a quantity as Kubernetes does. */
export function parseQuantity(text: string): Quantity | BadQuantity {
  const match = text === "" ? null : numberPattern.exec(text);
  if (match === null) {
    return {
      problem:
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    };
  }
  const [, sign = "", whole = "", part = "", suffix = ""] = match;
  const unit = parseSuffix(suffix);
  if (unit === undefined) return { problem: "unable to parse quantity's suffix" };
  const digits = BigInt(`0${whole}${part}`);
  const scaled = scale(digits * unit.factor * nanosPerUnit, unit.exponent - part.length);
  const capped = scaled > maxUnits * nanosPerUnit ? maxUnits * nanosPerUnit : scaled;
  return { nanos: sign === "-" ? -capped : capped, format: unit.format };
}

/** The amount in whole units, rounded up. */
export function wholeUnits({ nanos }: Quantity): bigint {
  return divideUp(nanos, nanosPerUnit);
}

/** Whether a quantity has no part of a unit; parts below a thousandth count as one. */
export function isWholeNumber({ nanos }: Quantity): boolean {
  return divideUp(nanos, 1_000_000n) % 1000n === 0n;
}

/** A quantity in its shortest form, as error texts print it. */
export function quantityText({ nanos, format }: Quantity): string {
  if (nanos === 0n) return "0";
  const sign = nanos < 0n ? "-" : "";
  const amount = nanos < 0n ? -nanos : nanos;
  // Kubernetes prints small binary quantities without a binary suffix.
  if (format === "binary" && amount >= 1024n * nanosPerUnit) return sign + binaryText(amount);
  return sign + decimalText(amount, format);
}

interface Unit {
  readonly factor: bigint;
  /** The power of ten. */
  readonly exponent: number;
  readonly format: QuantityFormat;
}

function parseSuffix(suffix: string): Unit | undefined {
  const decimal = decimalSuffixes.findIndex((known) => known === suffix);
  if (decimal >= 0) {
    return { factor: 1n, exponent: lowestDecimalExponent + 3 * decimal, format: "decimal" };
  }
  const binary = binarySuffixes.findIndex((known) => known === suffix);
  if (binary > 0) return { factor: 1n << BigInt(10 * binary), exponent: 0, format: "binary" };
  const [, power] = /^[eE]([+-]?\d+)$/.exec(suffix) ?? [];
  if (power === undefined) return undefined;
  const exponent = Math.max(-maxExponent, Math.min(maxExponent, Number(power)));
  return { factor: 1n, exponent, format: "exponent" };
}

function scale(value: bigint, exponent: number): bigint {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? value * power : divideUp(value, power);
}

/** Divides away from zero. */
function divideUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

function binaryText(nanos: bigint): string {
  let units = divideUp(nanos, nanosPerUnit);
  let step = 0;
  for (; units % 1024n === 0n && step < binarySuffixes.length - 1; step++) units /= 1024n;
  return `${units}${binarySuffixes[step] ?? ""}`;
}

function decimalText(nanos: bigint, format: QuantityFormat): string {
  let value = nanos;
  let exponent = lowestDecimalExponent;
  for (; value % 1000n === 0n && exponent < 18; exponent += 3) value /= 1000n;
  if (format === "exponent") return exponent === 0 ? String(value) : `${value}e${exponent}`;
  return `${value}${decimalSuffixes[(exponent - lowestDecimalExponent) / 3] ?? ""}`;
}
