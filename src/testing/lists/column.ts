import type { BaseRow } from "../store/index.js";

/** The type of a column of the server's database; it decides which filter values and operators work. */
export type ColumnKind =
  "text" | "varchar" | "integer" | "bigint" | "duration" | "timestamp" | "bytes";

/** A value that is not NULL. Bytes are a string with one character a byte. */
export type ColumnLiteral = string | number | bigint;

/** A value of a column; `null` is the database's NULL. */
export type ColumnValue = ColumnLiteral | null;

/** One column of an entity: what it holds and where a row keeps it. */
export interface Column<R> {
  readonly kind: ColumnKind;
  readonly read: (row: R) => ColumnValue;
  /** The text for a column that filters may name and the table does not have. */
  readonly absentAs?: string;
  /** Set where the database takes the name for something else when it sorts. */
  readonly sortsAsConstant?: boolean;
}

/** A text column. */
export function text<R>(read: (row: R) => string | null): Column<R> {
  return { kind: "text", read };
}

/** A text column with a length limit. */
export function varchar<R>(read: (row: R) => string | null): Column<R> {
  return { kind: "varchar", read };
}

/** A column of 32-bit numbers. */
export function integer<R>(read: (row: R) => number | null): Column<R> {
  return { kind: "integer", read };
}

/** A column of 64-bit numbers. */
export function bigint<R>(read: (row: R) => number | null): Column<R> {
  return { kind: "bigint", read };
}

/** A column of nanoseconds, whose filter values are durations. */
export function duration<R>(read: (row: R) => bigint): Column<R> {
  return { kind: "duration", read };
}

/** A column of times, in microseconds since 1970. */
export function timestamp<R>(read: (row: R) => number | null): Column<R> {
  return { kind: "timestamp", read };
}

/** A column of serialized messages or digests: allowed in filters, useful in none. */
export function bytes<R>(read: (row: R) => Uint8Array | undefined): Column<R> {
  return {
    kind: "bytes",
    read: (row) => {
      const value = read(row);
      if (value === undefined) return null;
      return Array.from(value, (byte) => String.fromCharCode(byte)).join("");
    },
  };
}

/** The digest of a registered version, which this server does not compute. */
export function digest<R>(): Column<R> {
  return { kind: "bytes", read: () => "" };
}

/** The columns that every table has. */
export interface BaseColumns<R> {
  readonly id: Column<R>;
  readonly created_at: Column<R>;
  readonly updated_at: Column<R>;
  readonly deleted_at: Column<R>;
}

/** `id`, `created_at`, `updated_at` and `deleted_at`, which every table has. */
export function baseColumns<R extends BaseRow>(): BaseColumns<R> {
  return {
    id: bigint((row) => row.id),
    created_at: timestamp((row) => row.createdAt),
    updated_at: timestamp((row) => row.updatedAt),
    deleted_at: timestamp(() => null),
  };
}

/** The name that the database's error texts have for a kind of column. */
export function sqlType(kind: ColumnKind): string {
  return sqlTypes[kind];
}

const sqlTypes: Readonly<Record<ColumnKind, string>> = {
  text: "text",
  varchar: "character varying",
  integer: "integer",
  bigint: "bigint",
  duration: "bigint",
  timestamp: "timestamp with time zone",
  bytes: "bytea",
};
