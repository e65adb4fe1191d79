import type { EnumValues } from "./enums.js";

/** The kind of a column's values, which decides the operators that the server can run on it. */
export type ColumnKind = "text" | "int" | "time" | "duration" | "enum";

interface ColumnBase {
  /** The server's name. */
  readonly column: string;
  /** False where the server refuses or misreads the column as a sort key. */
  readonly sort?: false;
  /** False where the server refuses the column as a filter. */
  readonly filter?: false;
}

/** One column that FlyteAdmin filters or sorts by. */
export type Column =
  | (ColumnBase & { readonly kind: Exclude<ColumnKind, "enum"> })
  | (ColumnBase & { readonly kind: "enum"; readonly values: EnumValues<string> });

/** The columns of one entity, by the name that callers use. */
export type ColumnTable = Readonly<Record<string, Column>>;
