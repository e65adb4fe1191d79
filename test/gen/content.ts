import { ScalarType } from "@bufbuild/protobuf";
import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";

/**
 * The content of a message, independent of any library: set fields by their name in the
 * .proto file. 64-bit integers are bigint, bytes are hexadecimal text, enums
 * are numbers. A field that holds the zero of a type without presence is not set.
 */
export interface Content {
  readonly [field: string]: ContentValue;
}
export type ContentValue = ContentScalar | Content | readonly ContentValue[];
export type ContentScalar = string | number | bigint | boolean;

/** The kind of one value: of the field itself, of an item of a list, or of a value of a map. */
export type ElementKind =
  | { readonly kind: "message"; readonly message: DescMessage }
  | { readonly kind: "enum"; readonly enum: DescEnum }
  | { readonly kind: "scalar"; readonly scalar: ScalarType };

export function elementKind(field: DescField): ElementKind {
  if (field.fieldKind === "map" && field.mapKey !== ScalarType.STRING) {
    throw new Error(`${field.toString()}: this test knows only maps with string keys`);
  }
  if (field.message !== undefined) return { kind: "message", message: field.message };
  if (field.enum !== undefined) return { kind: "enum", enum: field.enum };
  return { kind: "scalar", scalar: field.scalar };
}

/** Whether an own value of this kind differs from unset only where the field has presence. */
export function isZero(value: ContentValue): boolean {
  return value === "" || value === false || value === 0n || Object.is(value, 0);
}

export function isContent(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Narrows the value of a message or map field. @throws Error when the tree does not fit its descriptor. */
export function asContent(value: ContentValue): Content {
  if (!isContent(value)) throw new Error(`expected a message or a map, got a ${typeof value}`);
  return value;
}

/** Narrows the value of a list field. @throws Error when the tree does not fit its descriptor. */
export function asList(value: ContentValue): readonly ContentValue[] {
  if (!isList(value)) throw new Error(`expected a list, got a ${typeof value}`);
  return value;
}

function isList(value: ContentValue): value is readonly ContentValue[] {
  return Array.isArray(value);
}

/** @throws Error when the tree does not fit its descriptor. */
export function bytesFromHex(hex: ContentValue): Uint8Array {
  if (typeof hex !== "string") throw new Error(`expected hexadecimal text, got a ${typeof hex}`);
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function hexFromBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
