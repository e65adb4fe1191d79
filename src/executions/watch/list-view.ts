import type { Message } from "@bufbuild/protobuf";

import { FlyteError } from "../../errors/index.js";
import { sameMessage } from "../../internal/index.js";
import type { RowCursor, RowKey } from "./row-cursor.js";
import type { WatchedList, WatchedScope } from "./watch-source.js";

/** Changes beyond which a list is read as a whole: it takes fewer calls. */
const maxPickedRows = 200;
/** Reads of a whole list in a row, where rows leave it so fast that pages may skip others. */
const maxRepeats = 3;
/** When such a list is read again after these, in milliseconds. */
const repeatMs = 60_000;

/** Settings of reading a list as a whole. */
export interface ViewSettings {
  readonly maxRows: number;
  readonly pageSize: number;
  /** The interval at which the whole list is read again, in milliseconds. */
  readonly resyncMs: number;
}

/** A list as it is known, which all readers of the same filter share. */
export class ListView<Row extends Message> {
  readonly #scope: WatchedScope<Row>;
  readonly #list: WatchedList<Row>;
  readonly #settings: ViewSettings;
  readonly #readers = new Set<RowCursor<Row>>();
  #rows: Map<RowKey, Row> | undefined;
  #syncedAt = 0;
  #repeats = 0;
  /** The time after which the list has to be read as a whole again, since rows may be missing. */
  #staleAfterMs = 0;

  constructor(scope: WatchedScope<Row>, list: WatchedList<Row>, settings: ViewSettings) {
    this.#scope = scope;
    this.#list = list;
    this.#settings = settings;
  }

  /** Whether nobody reads the list. */
  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /** Whether the list has not been read yet. */
  get isNew(): boolean {
    return this.#rows === undefined;
  }

  /** Whether the list is known to have a row for which the test holds. */
  some(test: (row: Row) => boolean): boolean {
    for (const row of this.#rows?.values() ?? []) if (test(row)) return true;
    return false;
  }

  /** Adds a reader, who sees the list at once when it is known. */
  add(reader: RowCursor<Row>): void {
    this.#readers.add(reader);
    if (this.#rows !== undefined) reader.show(this.#rows);
  }

  /** Removes a reader. */
  remove(reader: RowCursor<Row>): void {
    this.#readers.delete(reader);
  }

  /** Ends the events of all readers with an error. */
  fail(error: unknown): void {
    for (const reader of this.#readers) reader.fail(error);
  }

  /** Has the list read as a whole with the next poll, for changes of it were lost. */
  invalidate(): void {
    this.#staleAfterMs = 0;
  }

  /** Whether the list has to be read as a whole. */
  isSyncDue(now: number): boolean {
    return now - this.#syncedAt >= Math.min(this.#staleAfterMs, this.#settings.resyncMs);
  }

  /**
   * Reads the list as a whole.
   *
   * @returns whether it took several pages, between which rows may have left it and so hidden others
   */
  async sync(now: number, signal: AbortSignal): Promise<boolean> {
    const { maxRows, pageSize } = this.#settings;
    const rows = new Map<RowKey, Row>();
    let pages = 0;
    for await (const { items } of this.#list
      .all({ limit: maxRows + 1, pageSize, signal })
      .pages()) {
      pages += 1;
      for (const row of items) rows.set(this.#scope.keyOf(row), row);
    }
    const before = this.#rows;
    const changed =
      before &&
      [...new Set([...rows.keys(), ...before.keys()])].filter((key) =>
        isOther(before.get(key), rows.get(key)),
      );
    this.#rows = rows;
    this.#syncedAt = now;
    this.#staleAfterMs = Infinity;
    this.#show(rows, changed);
    return pages > 1;
  }

  /**
   * Takes in rows of the scope that were written, oldest first.
   *
   * @returns whether the list has changed
   */
  async apply(written: readonly Row[], signal: AbortSignal): Promise<boolean> {
    const rows = this.#rows;
    if (rows === undefined || written.length === 0) return false;
    if (written.length > maxPickedRows) {
      this.invalidate();
      return true;
    }
    const picked = new Map<RowKey, Row>();
    for (const row of await this.#list.pick(written, signal))
      picked.set(this.#scope.keyOf(row), row);
    const changed = written
      .map((row) => this.#scope.keyOf(row))
      .filter((key) => isOther(rows.get(key), picked.get(key)));
    for (const key of changed) {
      const row = picked.get(key);
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
    }
    if (changed.length > 0) this.#show(rows, changed);
    return changed.length > 0;
  }

  /**
   * Takes in what was written while the list was read in several pages. Rows that left it meanwhile
   * moved others onto pages that had been read, so that the list is read again.
   */
  async applyAfterPages(written: readonly Row[], signal: AbortSignal): Promise<void> {
    const size = this.#rows?.size ?? 0;
    const known = new Set(this.#rows?.keys());
    await this.apply(written, signal);
    const hasLost = size > 0 && [...known].some((key) => this.#rows?.has(key) !== true);
    this.#repeats = hasLost ? this.#repeats + 1 : 0;
    if (hasLost) this.#staleAfterMs = this.#repeats < maxRepeats ? 0 : repeatMs;
  }

  #show(rows: ReadonlyMap<RowKey, Row>, changed: readonly RowKey[] | undefined): void {
    const { maxRows } = this.#settings;
    if (rows.size > maxRows) {
      throw new FlyteError(
        `The watched list of ${this.#scope.rpc} has more than ${maxRows} rows, the maxRows of the watch. Narrow where, or raise maxRows.`,
        { code: "RESOURCE_EXHAUSTED", rpc: this.#scope.rpc },
      );
    }
    for (const reader of this.#readers) reader.show(rows, changed);
  }
}

function isOther<Row extends Message>(before: Row | undefined, after: Row | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  return !sameMessage(before, after);
}
