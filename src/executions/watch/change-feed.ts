import type { Message } from "@bufbuild/protobuf";

import { sameMessage } from "../../internal/index.js";
import type { WatchedScope } from "./watch-source.js";

/** The rows of the first page, which is all that a poll reads when nothing has changed. */
const firstPageRows = 10;
const growth = 4;
/** Rows that are read at most before it is cheaper to read the lists again. */
const maxReadRows = 800;
/** Rows that are kept to find what was written since. */
const maxAnchors = 200;
/**
 * Unchanged rows in a row that end a poll. More than one, for transactions may end in another order
 * than that of the times that they write.
 */
const settledRows = 5;

/** The changes since the poll before: the rows, oldest first, or that there are too many to read. */
export type Changes<Row> =
  { readonly kind: "rows"; readonly rows: readonly Row[] } | { readonly kind: "tooMany" };

/**
 * Finds which rows of a scope were written since the poll before, whatever filter they meet.
 *
 * FlyteAdmin sorts by the time of a row's last write, which no message contains. So a poll reads
 * rows from the last written one on until it comes to those that it knows from before. No clock is
 * compared, neither of the client with the server nor of the server with Flyte's engine.
 */
export class ChangeFeed<Row extends Message> {
  readonly #scope: WatchedScope<Row>;
  /** The rows that were written last, as they were then, newest first; undefined before a poll. */
  #anchors: Map<string | number, Row> | undefined;

  constructor(scope: WatchedScope<Row>) {
    this.#scope = scope;
  }

  /** Reads what has changed since the call before; the first call only takes note of the present. */
  async read(signal: AbortSignal): Promise<Changes<Row>> {
    const anchors = this.#anchors;
    if (anchors === undefined) {
      const { items } = await this.#scope.latest({ limit: maxAnchors / 2, token: "" }, signal);
      this.#anchors = new Map(items.map((row) => [this.#scope.keyOf(row), row]));
      return { kind: "rows", rows: [] };
    }
    const read = new Map<string | number, Row>();
    const written: Row[] = [];
    /** Rows past the last known one may be older than all that was read before. */
    let pending: Row[] = [];
    let known = 0;
    let isSettled = false;
    let token = "";
    for (let limit = firstPageRows; ; limit *= growth) {
      const page = await this.#scope.latest({ limit, token }, signal);
      for (const row of page.items) {
        const key = this.#scope.keyOf(row);
        if (read.has(key)) continue;
        read.set(key, row);
        const before = anchors.get(key);
        if (before !== undefined && sameMessage(before, row)) {
          known += 1;
          written.push(...pending);
          pending = [];
        } else {
          known = 0;
          pending.push(row);
        }
        isSettled ||= known === settledRows;
      }
      token = page.token;
      const isWhole = token === "" || page.items.length === 0;
      if (!isSettled && !isWhole && read.size < maxReadRows) continue;
      if (!isSettled) written.push(...pending);
      this.#anchors = mergedAnchors(read, anchors);
      return isSettled || isWhole ? { kind: "rows", rows: written.reverse() } : { kind: "tooMany" };
    }
  }
}

function mergedAnchors<Row>(
  read: ReadonlyMap<string | number, Row>,
  before: ReadonlyMap<string | number, Row>,
): Map<string | number, Row> {
  const merged = new Map(read);
  for (const [key, row] of before) if (!merged.has(key)) merged.set(key, row);
  return new Map([...merged].slice(0, maxAnchors));
}
