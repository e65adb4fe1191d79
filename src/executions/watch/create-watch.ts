import type { DescMessage, Message } from "@bufbuild/protobuf";

import type { Connection } from "../../calls/index.js";
import { DeadlineExceededError, FlyteError } from "../../errors/index.js";
import { abortError, createDeadline } from "../../internal/cancellation/index.js";
import { forAwaitOnly } from "../../internal/index.js";
import {
  checkFunction,
  invalidOption,
  requireOptions,
  requireTimeLimit,
} from "../../internal/validation/index.js";
import { type FilterEntity, toFilterString, type WhereInput } from "../../lists/filters/index.js";
import type { ListRpc } from "../../lists/index.js";
import { requireCount } from "../../lists/paging/index.js";
import { isTerminal } from "../../values/index.js";
import { RowCursor, type RowKey } from "./row-cursor.js";
import { WatchGroup, type Watcher } from "./watch-group.js";
import {
  type ListWatch,
  type WatchEvent,
  type WatchOptions,
  watchOptionNames,
} from "./watch-options.js";
import { createList, createScope, type WatchedKind } from "./watch-source.js";

/** The groups of a connection that poll lists of one kind of row, by their scope. */
export type WatchGroups<Row extends Message> = Map<string, WatchGroup<Row>>;

/** The list to watch. */
export interface WatchedRows<Scope, E extends FilterEntity, Row> {
  readonly scope: Scope;
  readonly query: {
    readonly where?: WhereInput<E> | undefined;
    readonly mustExist?: boolean | undefined;
  };
  readonly kind: WatchedKind<E, Row>;
}

const defaultMaxRows = 10_000;
const defaultPageSize = 1000;
const defaultResyncMs = 600_000;
const maxPageSize = 65_535;

type StatefulRow = Message & Parameters<typeof isTerminal>[0];

/**
 * Watches the rows of a list RPC.
 *
 * @param groups - the groups that the watch shares its polls with
 * @throws InvalidOptionError or InvalidFilterError
 */
export function createWatch<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends StatefulRow,
>(
  connection: Connection,
  groups: WatchGroups<Row>,
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
  { scope, query, kind }: WatchedRows<Scope, E, Row>,
  options: WatchOptions<Row>,
): ListWatch<Row> {
  const { maxRows, pageSize, resyncMs, previous } = requireWatchOptions(options);
  const settings = { maxRows, pageSize, resyncMs };
  const list = createList(connection, rpc, scope, kind, query);
  const filters = toFilterString(rpc.filters, query.where);
  const viewKey = JSON.stringify([filters, query.mustExist === true, settings]);
  const scopeKey = JSON.stringify(scope);
  const { clock } = connection;
  const join = (): WatchGroup<Row> => {
    const known = groups.get(scopeKey);
    if (known !== undefined) return known;
    const group = new WatchGroup({
      scope: createScope(connection, rpc, scope, kind),
      clock,
      isOpen: (row) => !isTerminal(row),
      onEmpty: () => {
        groups.delete(scopeKey);
      },
    });
    groups.set(scopeKey, group);
    return group;
  };
  const keyOf = rpc.createRowKey();
  const emitted = new Map<RowKey, Row>(previous.map((row) => [keyOf(row), row]));
  let isRead = false;
  const name = `the watch of ${rpc.method.name}`;

  async function* events(): AsyncGenerator<WatchEvent<Row>, undefined> {
    if (isRead) {
      throw new FlyteError(`${name} is read by another loop. Call watch again for a second one.`, {
        code: "FAILED_PRECONDITION",
      });
    }
    isRead = true;
    const deadline = createDeadline({
      signals: [options.signal],
      group: connection.closed,
      timeoutMs: options.timeoutMs,
      clock,
      abortError: (source) => abortError(source, name),
      timeoutError: (limitMs) =>
        new DeadlineExceededError(`${name} ended after ${limitMs} ms, its timeoutMs`),
    });
    const cursor = new RowCursor(emitted);
    const watcher: Watcher<Row> = { viewKey, list, settings, cursor, onError: options.onError };
    let group: WatchGroup<Row> | undefined;
    try {
      deadline.signal.throwIfAborted();
      group = join();
      group.add(watcher);
      for (;;) {
        const event = cursor.next();
        if (event === undefined) await deadline.run(() => cursor.changed());
        else yield event;
        deadline.signal.throwIfAborted();
      }
    } finally {
      isRead = false;
      group?.remove(watcher);
      deadline.abort();
    }
  }

  const watch: ListWatch<Row> = {
    [Symbol.asyncIterator]: events,
    snapshot: () => [...emitted.values()],
  };
  return forAwaitOnly(watch, "A watch", "; watch.snapshot() returns the rows at the moment");
}

function requireWatchOptions<Row>(options: WatchOptions<Row>): {
  readonly maxRows: number;
  readonly pageSize: number;
  readonly resyncMs: number;
  readonly previous: readonly Row[];
} {
  requireOptions(options, watchOptionNames);
  checkFunction(options.onError, "onError");
  const { maxRows = defaultMaxRows, pageSize = defaultPageSize, previous = [] } = options;
  const { resyncMs = defaultResyncMs } = options;
  const rows: unknown = previous;
  if (!Array.isArray(rows)) {
    throw invalidOption("previous", "an array of rows, as snapshot() returns", rows);
  }
  return {
    maxRows: requireCount("maxRows", maxRows, Number.MAX_SAFE_INTEGER - 1),
    pageSize: requireCount("pageSize", pageSize, maxPageSize),
    resyncMs: requireTimeLimit(resyncMs, "resyncMs") ?? Infinity,
    previous,
  };
}
