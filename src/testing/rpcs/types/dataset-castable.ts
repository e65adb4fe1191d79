import { create } from "@bufbuild/protobuf";

import {
  type LiteralType,
  LiteralTypeSchema,
  SchemaType_SchemaColumn_SchemaColumnType as ColumnType,
  SimpleType,
} from "../../../../gen/flyteidl/core/types_pb.js";

type Castable = (from: LiteralType | undefined, to: LiteralType | undefined) => boolean;

/** The common parts of a schema and a structured dataset. */
interface Table {
  /** Lower case; empty for any. */
  readonly format: string;
  readonly columns: ReadonlyMap<string, LiteralType | undefined>;
}

/**
 * Whether a value fits a schema or a structured dataset: one of the two names
 * no columns, or all that are wanted are there with a type that fits, and the
 * formats do not differ. A schema is parquet. A dataset may be none.
 */
export function isDatasetCastable(
  from: LiteralType | undefined,
  to: LiteralType | undefined,
  casts: Castable,
): boolean {
  const target = tableOf(to);
  const source = tableOf(from);
  if (target === undefined) return false;
  if (source === undefined) {
    const isNone = from?.type.case === "simple" && from.type.value === SimpleType.NONE;
    return isNone && to?.type.case === "structuredDatasetType";
  }
  if (source.format !== "" && target.format !== "" && source.format !== target.format) return false;
  if (source.columns.size === 0 || target.columns.size === 0) return true;
  return [...target.columns].every(
    ([name, type]) => source.columns.has(name) && casts(source.columns.get(name), type),
  );
}

function tableOf(type: LiteralType | undefined): Table | undefined {
  if (type?.type.case === "schema") {
    const columns = type.type.value.columns.map(
      (column) => [column.name, simpleType(simpleTypes[column.type])] as const,
    );
    return { format: "parquet", columns: new Map(columns) };
  }
  if (type?.type.case !== "structuredDatasetType") return undefined;
  const { format, columns } = type.type.value;
  return {
    format: format.toLowerCase(),
    columns: new Map(columns.map((column) => [column.name, column.literalType])),
  };
}

function simpleType(value: SimpleType): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "simple", value } });
}

const simpleTypes: Readonly<Record<ColumnType, SimpleType>> = {
  [ColumnType.INTEGER]: SimpleType.INTEGER,
  [ColumnType.FLOAT]: SimpleType.FLOAT,
  [ColumnType.STRING]: SimpleType.STRING,
  [ColumnType.BOOLEAN]: SimpleType.BOOLEAN,
  [ColumnType.DATETIME]: SimpleType.DATETIME,
  [ColumnType.DURATION]: SimpleType.DURATION,
};
