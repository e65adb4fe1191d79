import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type {
  LiteralType,
  SchemaType,
  StructuredDatasetType,
} from "../../../gen/flyteidl/core/types_pb.js";

/** A file or a folder in the storage. */
export interface BlobRef {
  /** The discriminant of the union. */
  readonly kind: "blob";
  /** The address in the storage, such as `s3://bucket/key`. */
  readonly uri: string;
  /** Such as `csv`; empty where any will do. */
  readonly format: string;
  /** `SINGLE` is a file, `MULTIPART` a folder. */
  readonly dimensionality: "SINGLE" | "MULTIPART";
}

/** A table of the older kind. */
export interface SchemaRef {
  /** The discriminant of the union. */
  readonly kind: "schema";
  /** The address in the storage, such as `s3://bucket/key`. */
  readonly uri: string;
  /** The type as Flyte declares it. */
  readonly type: SchemaType | undefined;
}

/** A table in the storage, such as a Parquet file. */
export interface StructuredDatasetRef {
  /** The discriminant of the union. */
  readonly kind: "structuredDataset";
  /** The address in the storage, such as `s3://bucket/key`. */
  readonly uri: string;
  /** Such as `parquet`; empty where it is not said. */
  readonly format: string;
  /** The columns and the format; `undefined` where they are not said. */
  readonly type: StructuredDatasetType | undefined;
}

/**
 * A reference as inputs take it: what is left out is that of the declared type.
 *
 * @example
 * ```ts
 * const file: ReferenceInput<BlobRef> = { uri: "s3://my-bucket/data.csv" };
 * ```
 */
export type ReferenceInput<Ref extends BlobRef | SchemaRef | StructuredDatasetRef> = Pick<
  Ref,
  "uri"
> &
  Partial<Ref>;

/** A literal that was too large to be in the map: its object holds a serialized `flyteidl.core.Literal`. */
export interface OffloadedRef {
  /** The discriminant of the union. */
  readonly kind: "offloaded";
  /** The address in the storage, such as `s3://bucket/key`. */
  readonly uri: string;
  /** The size of the serialized literal, in bytes. */
  readonly sizeBytes: bigint;
  /** The type as Flyte declares it. */
  readonly type: LiteralType | undefined;
}

/** An error as a value. */
export interface ErrorValue {
  /** The discriminant of the union. */
  readonly kind: "error";
  /** The node that failed; empty where it is not said. */
  readonly failedNodeId: string;
  /** The message of the error. */
  readonly message: string;
}

/** Bytes in an encoding that nothing here decodes. */
export interface BinaryValue {
  /** The discriminant of the union. */
  readonly kind: "binary";
  /** The bytes as they are. */
  readonly value: Uint8Array;
  /** The encoding, such as `msgpack`. */
  readonly tag: string;
}

/** A value of a union type with the variant that it belongs to. */
export interface UnionValue {
  /** The discriminant of the union. */
  readonly kind: "union";
  /** The value of the variant. */
  readonly value: LiteralValue;
  /** The variant's type; where it is left out, the first variant that fits is taken. */
  readonly type: LiteralType | undefined;
}

/**
 * A literal as a JavaScript value: integers are bigints (or numbers, on
 * request), datetimes are Dates (or Timestamps), durations are protobuf
 * Durations, collections are arrays, maps and structs are objects, none is
 * null. Bytes occur only within decoded binary data. A value held elsewhere is a reference, distinguished by its `kind`.
 */
export type LiteralValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | Timestamp
  | Duration
  | BlobRef
  | SchemaRef
  | StructuredDatasetRef
  | OffloadedRef
  | ErrorValue
  | BinaryValue
  | UnionValue
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

/** Whether a value is a {@link BlobRef}: a file or a folder in the storage. */
export function isBlobRef(value: unknown): value is BlobRef {
  return hasKind(value, "blob", "uri");
}

/** Whether a value is a {@link SchemaRef}: a table of the older kind. */
export function isSchemaRef(value: unknown): value is SchemaRef {
  return hasKind(value, "schema", "uri");
}

/** Whether a value is a {@link StructuredDatasetRef}: a table in the storage. */
export function isStructuredDatasetRef(value: unknown): value is StructuredDatasetRef {
  return hasKind(value, "structuredDataset", "uri");
}

/** Whether a value is an {@link OffloadedRef}: a literal that was too large for the map. */
export function isOffloadedRef(value: unknown): value is OffloadedRef {
  return hasKind(value, "offloaded", "sizeBytes");
}

/** Whether a value is an {@link ErrorValue}. */
export function isErrorValue(value: unknown): value is ErrorValue {
  return hasKind(value, "error", "failedNodeId");
}

/** Whether a value is a {@link BinaryValue}: bytes that were not decoded. */
export function isBinaryValue(value: unknown): value is BinaryValue {
  return hasKind(value, "binary", "tag");
}

/** Whether a value is a {@link UnionValue}: a value with its variant, as `unions: "tagged"` returns it. */
export function isUnionValue(value: unknown): value is UnionValue {
  return hasKind(value, "union", "value");
}

/** A struct may have a member called `kind` too, so another member decides with it. */
function hasKind(value: unknown, kind: string, member: string): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === kind &&
    member in value
  );
}
