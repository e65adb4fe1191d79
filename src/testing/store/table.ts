/** The fields that every row has. */
export interface BaseRow {
  /** Counts the rows of a table from 1, in the order of insertion. */
  readonly id: number;
  /** When the row was inserted, in microseconds. */
  readonly createdAt: number;
  /** When the row was last written, in microseconds. */
  updatedAt: number;
}

/** The parts of a key, joined so that no two keys meet. */
export function joinKey(...parts: readonly string[]): string {
  return parts.join("\u0000");
}

/** Rows in the order of insertion, found by key or by group. */
export class Table<R extends BaseRow> {
  readonly #rows: R[] = [];
  readonly #byKey = new Map<string, R>();
  readonly #groups = new Map<string, R[]>();

  /** All rows, oldest first. */
  get rows(): readonly R[] {
    return this.#rows;
  }

  /** The id of the row that comes next. */
  get nextId(): number {
    return this.#rows.length + 1;
  }

  /** Adds a row under its key, and to the groups that lists ask for. */
  insert(row: R, key: string, groups: readonly string[] = []): R {
    this.#rows.push(row);
    this.#byKey.set(key, row);
    for (const group of groups) {
      const members = this.#groups.get(group);
      if (members === undefined) this.#groups.set(group, [row]);
      else members.push(row);
    }
    return row;
  }

  /** The row with this key. */
  get(key: string): R | undefined {
    return this.#byKey.get(key);
  }

  /** The rows of a group, oldest first. */
  group(key: string): readonly R[] {
    return this.#groups.get(key) ?? [];
  }
}
