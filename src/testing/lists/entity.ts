import type { FlyteState } from "../store/index.js";
import type { Column } from "./column.js";
import { type BoundCondition, compileConditions } from "./conditions.js";

/** One kind of thing that can be listed: its name in filters and its columns. */
export interface Entity<R> {
  /** The short name that the server's error texts have for it. */
  readonly code: string;
  /** The table's name in the database's error texts. */
  readonly table: string;
  readonly columns: Readonly<Record<string, Column<R>>>;
  /** Columns that a filter names otherwise than it means them: it says the first and compares the second. */
  readonly filterNames?: Readonly<Record<string, string>>;
  /** Other entities that filters may name, by prefix. */
  readonly relations: Readonly<Record<string, Relation<R>>>;
}

/** Another entity whose columns filters may name, joined to the one that is listed. */
export interface Relation<R> {
  readonly code: string;
  /** Conditions of relations with one target hold on the same joined row. */
  readonly target: string;
  readonly columnKinds: ReadonlyMap<string, Column<never>["kind"]>;
  /** The name of a column in the table that is joined. */
  readonly columnName: (field: string) => string;
  /** How many joined rows meet all conditions: a list repeats its row that often. */
  readonly countMatches: (
    state: FlyteState,
    conditions: readonly BoundCondition[],
  ) => (row: R) => number;
}

/** Joins rows of another entity; `related` returns none where the join finds none. */
export function relation<R, J>(
  entity: Entity<J>,
  related: (row: R, state: FlyteState) => readonly (J | null | undefined)[],
): Relation<R> {
  return {
    code: entity.code,
    target: entity.code,
    columnKinds: new Map(
      Object.entries(entity.columns).map(([name, column]) => [name, column.kind]),
    ),
    columnName: (field) => field,
    countMatches: (state, conditions) => {
      const matches = compileConditions(entity.columns, conditions);
      return (row) => {
        let count = 0;
        for (const joined of related(row, state)) if (joined != null && matches(joined)) count++;
        return count;
      };
    },
  };
}

/** The entities that a filter can name, by prefix; each stands for its short name in error texts. */
export const entityCodes: ReadonlyMap<string, string> = new Map([
  ["task", "t"],
  ["workflow", "w"],
  ["launch_plan", "l"],
  ["execution", "e"],
  ["node_execution", "ne"],
  ["task_execution", "te"],
  ["entities", "nen"],
  ["named_entity_metadata", "nem"],
  ["project", "p"],
  ["signal", "s"],
  ["admin_tag", "at"],
  ["execution_tag", "et"],
  ["execution_admin_tag", "eat"],
]);
