import type { Message } from "@bufbuild/protobuf";

import { sameMessage } from "../../internal/index.js";
import type { WatchEvent } from "./watch-options.js";

/** The key that no other row of a list has. */
export type RowKey = string | number;

/**
 * The place of one reader: the rows that its events amount to, and which of them may differ from
 * the list as it is known. A reader that is slow misses states in between, and needs no queue.
 */
export class RowCursor<Row extends Message> {
  readonly #emitted: Map<RowKey, Row>;
  readonly #dirty = new Set<RowKey>();
  #rows: ReadonlyMap<RowKey, Row> | undefined;
  #isSyncDue = false;
  #end: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** @param emitted - the rows of the events so far, which the cursor keeps up to date */
  constructor(emitted: Map<RowKey, Row>) {
    this.#emitted = emitted;
  }

  /** Shows the list as it is known, with the keys of the rows that changed; all when left out. */
  show(rows: ReadonlyMap<RowKey, Row>, changed?: Iterable<RowKey>): void {
    const isFirst = this.#rows === undefined;
    this.#rows = rows;
    if (isFirst || changed === undefined) {
      for (const key of rows.keys()) this.#dirty.add(key);
      for (const key of this.#emitted.keys()) this.#dirty.add(key);
    } else {
      for (const key of changed) this.#dirty.add(key);
    }
    if (isFirst) this.#isSyncDue = true;
    this.#notify();
  }

  /** Has a `synced` event follow the changes that are due. */
  announceSync(): void {
    this.#isSyncDue = this.#rows !== undefined;
    this.#notify();
  }

  /** Ends the events with an error, behind those that are due. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#notify();
  }

  /**
   * Returns the next event, or undefined when none is due.
   *
   * @throws the error that the events end with
   */
  next(): WatchEvent<Row> | undefined {
    for (const key of this.#dirty) {
      this.#dirty.delete(key);
      const event = this.#eventOf(key);
      if (event !== undefined) return event;
    }
    if (this.#isSyncDue) {
      this.#isSyncDue = false;
      return { kind: "synced", count: this.#emitted.size };
    }
    if (this.#end !== undefined) throw this.#end.error;
    return undefined;
  }

  /** Waits until an event may be due. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #eventOf(key: RowKey): WatchEvent<Row> | undefined {
    const previous = this.#emitted.get(key);
    const item = this.#rows?.get(key);
    if (item === undefined) {
      if (previous === undefined) return undefined;
      this.#emitted.delete(key);
      return { kind: "removed", item: previous };
    }
    if (previous !== undefined && sameMessage(previous, item)) return undefined;
    this.#emitted.set(key, item);
    return previous === undefined ? { kind: "added", item } : { kind: "updated", item, previous };
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
