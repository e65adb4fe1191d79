import { create, isMessage } from "@bufbuild/protobuf";

import {
  type Blob,
  BlobSchema,
  type Scalar,
  type Schema,
  SchemaSchema,
  type StructuredDataset,
  StructuredDatasetSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import {
  type BlobType,
  BlobType_BlobDimensionality,
  type SchemaType,
  SchemaTypeSchema,
  type StructuredDatasetType,
  StructuredDatasetTypeSchema,
} from "../../../gen/flyteidl/core/types_pb.js";
import { sameMessage } from "../../internal/index.js";
import { expected, LiteralError, member, type Place } from "./literal-error.js";
import type { BlobRef, SchemaRef, StructuredDatasetRef } from "./literal-value.js";
import { isRecord } from "./plain-value.js";

/**
 * Counts where a type changed what a value said of itself, such as its format. Of a union's variants the
 * one that changes least fits best.
 */
export interface Adaptations {
  count: number;
}

export function blobRef({ uri, metadata }: Blob): BlobRef {
  const type = metadata?.type;
  const multipart = type?.dimensionality === BlobType_BlobDimensionality.MULTIPART;
  return {
    kind: "blob",
    uri,
    format: type?.format ?? "",
    dimensionality: multipart ? "MULTIPART" : "SINGLE",
  };
}

export function schemaRef({ uri, type }: Schema): SchemaRef {
  return { kind: "schema", uri, type };
}

export function structuredDatasetRef({ uri, metadata }: StructuredDataset): StructuredDatasetRef {
  const type = metadata?.structuredDatasetType;
  return { kind: "structuredDataset", uri, format: type?.format ?? "", type };
}

/** A blob; the type decides what the value leaves out, and what it must not contradict. */
export function toBlob(
  value: unknown,
  type: BlobType,
  place: Place,
  adaptations: Adaptations,
): Scalar["value"] {
  const { uri, format, dimensionality } = reference(value, "blob", place);
  const own = BlobType_BlobDimensionality[type.dimensionality];
  if (dimensionality !== undefined && dimensionality !== own) {
    throw expected(member(place.path, "dimensionality"), own, dimensionality);
  }
  const blob = create(BlobSchema, {
    uri,
    metadata: {
      type: {
        format: chooseFormat(format, type.format, place, adaptations),
        dimensionality: type.dimensionality,
      },
    },
  });
  return { case: "blob", value: blob };
}

/** A table of the older kind; the columns that the value names must be those of the type. */
export function toSchema(value: unknown, type: SchemaType, place: Place): Scalar["value"] {
  const { uri, type: own } = reference(value, "schema", place);
  if (isMessage(own, SchemaTypeSchema) && !sameMessage(own, type)) {
    throw otherColumns(place);
  }
  return { case: "schema", value: create(SchemaSchema, { uri, type }) };
}

/** A table in the storage. Columns that the type leaves open are those that the value names. */
export function toStructuredDataset(
  value: unknown,
  type: StructuredDatasetType,
  place: Place,
  adaptations: Adaptations,
): Scalar["value"] {
  const { uri, format, type: own } = reference(value, "structuredDataset", place);
  const named = isMessage(own, StructuredDatasetTypeSchema) ? own : type;
  if (type.columns.length > 0 && !sameMessage(withColumns(named), withColumns(type))) {
    throw otherColumns(place);
  }
  if (!sameMessage(withColumns(named), withColumns(type))) adaptations.count += 1;
  const structuredDatasetType = {
    ...named,
    format: chooseFormat(format, type.format, place, adaptations),
  };
  const dataset = create(StructuredDatasetSchema, { uri, metadata: { structuredDatasetType } });
  return { case: "structuredDataset", value: dataset };
}

function withColumns({ columns }: StructuredDatasetType): StructuredDatasetType {
  return create(StructuredDatasetTypeSchema, { columns });
}

function otherColumns(place: Place): LiteralError {
  return new LiteralError(
    member(place.path, "type"),
    "expected the columns of the type, got others",
  );
}

interface ReferenceParts {
  readonly uri: string;
  readonly format: string | undefined;
  readonly dimensionality: unknown;
  readonly type: unknown;
}

function reference(value: unknown, kind: string, place: Place): ReferenceParts {
  if (!isRecord(value) || (value["kind"] !== undefined && value["kind"] !== kind)) {
    throw expected(place.path, `a ${kind} reference such as { uri: "s3://…" }`, value);
  }
  const { uri, format, dimensionality, type } = value;
  if (typeof uri !== "string" || uri === "") {
    throw expected(member(place.path, "uri"), "a storage URI", uri);
  }
  if (format !== undefined && typeof format !== "string") {
    throw expected(member(place.path, "format"), "a string", format);
  }
  return { uri, format, dimensionality, type };
}

function chooseFormat(
  own: string | undefined,
  declared: string,
  place: Place,
  adaptations: Adaptations,
): string {
  if (own === undefined || own === declared) return declared;
  adaptations.count += 1;
  if (own === "") return declared;
  if (declared === "") return own;
  throw new LiteralError(
    member(place.path, "format"),
    `expected ${JSON.stringify(declared)}, the format of the type, got ${JSON.stringify(own)}`,
  );
}
