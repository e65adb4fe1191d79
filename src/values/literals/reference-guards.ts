import type {
  BinaryValue,
  BlobRef,
  ErrorValue,
  OffloadedRef,
  SchemaRef,
  StructuredDatasetRef,
  UnionValue,
} from "./literal-value.js";

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
