import type { WalkMeasurements } from "./page-planner.js";

/** The findings of a walk over a list. */
export interface KnownList extends WalkMeasurements {
  /** The rows of the list, as far as the walk came. */
  readonly rows: number;
}

/** The memory of one list. */
export interface RememberedList {
  /** Undefined before a walk has shown that the list has more than one page. */
  known: KnownList | undefined;
}

const maxLists = 100;

/** The memory of the lists that one connection has read last. */
export class ListMemory {
  /** The one that was asked for last is at the end. */
  readonly #lists = new Map<string, RememberedList>();

  /**
   * Returns what is remembered of a list, to be changed by the walks over it.
   *
   * @param key - the call and its request, without the page
   */
  of(key: string): RememberedList {
    const list = this.#lists.get(key) ?? { known: undefined };
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > maxLists && oldest !== undefined) this.#lists.delete(oldest);
    return list;
  }
}

/** Creates the memory of a connection. */
export function createListMemory(): ListMemory {
  return new ListMemory();
}
