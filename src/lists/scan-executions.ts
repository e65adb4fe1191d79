import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import { type Connection, requireDefaults } from "../calls/index.js";
import { FlyteError } from "../errors/index.js";
import { linkSignals } from "../internal/cancellation/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  callOptionNames,
  callOptionsOf,
  type OptionNames,
  requireOptions,
} from "../internal/validation/index.js";
import {
  requireScope,
  type Scope,
  type ScopeInput,
  scopeNames,
} from "../values/identifiers/index.js";
import {
  conditionsToFilter,
  executionFilters,
  toConditions,
  toSort,
  type WhereInput,
} from "./filters/index.js";
import { requireQuery } from "./list-rows.js";
import { describeRows, fetchRows } from "./list-rpc.js";
import { listExecutionsRpc } from "./list-rpcs.js";
import { createRowList, requireCount, type RowList } from "./paging/index.js";
import { type KeyRange, type KeysetSource, walkByKey } from "./keyset-walk.js";

/** The executions to scan. */
export interface ScanFilter {
  /**
   * Conditions that all must hold.
   * @defaultValue every execution that is not archived
   */
  readonly where?: WhereInput<"execution"> | undefined;
  /**
   * The executions that come first: `"ascending"` the oldest, `"descending"` the newest.
   * @defaultValue "ascending"; executions that are created meanwhile come last
   */
  readonly direction?: "ascending" | "descending" | undefined;
}

/** Options of a scan, beside those of each call. */
export interface ScanOptions extends CallOptions {
  /**
   * The rows that one request asks for, from 1 to 65535.
   * @defaultValue 100 for the first page; later ones grow towards 2 MiB, with at most 5000 rows, and
   *   no more than come in about a second and a half
   */
  readonly pageSize?: number | undefined;
  /** The most executions; no more are asked for. */
  readonly limit?: number | undefined;
}

const maxPageSize = 65_535;

const scanOptionNames: OptionNames<ScanOptions> = {
  ...callOptionNames,
  pageSize: true,
  limit: true,
};

/** The executions to scan. */
export interface ExecutionScanQuery extends ScopeInput, ScanFilter {}

const scanQueryNames: OptionNames<ExecutionScanQuery> = {
  ...scopeNames,
  where: true,
  direction: true,
};

/**
 * Walks the executions of a project and domain in the order of their creation, at a cost that
 * does not grow with depth: where `listExecutions` skips the rows before a page, this asks for those from
 * a time on, by an index of the server. To continue later, take `where: (f) => f.createdAt.gte(…)`.
 *
 * FlyteAdmin offers this for executions only: nodes and attempts are listed by their number,
 * which no message contains.
 *
 * Executions may share a time, and all of them come, each once. Those that enter a filter behind
 * the walk are missed, as in any list.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
 *   FlyteError with code INTERNAL when the server's answers go back in time
 */
export function scanExecutions(
  connection: Connection,
  query: ExecutionScanQuery = {},
  options: ScanOptions = {},
): RowList<Execution> {
  requireQuery(query, scanQueryNames);
  const scope = requireScope(query, requireDefaults(connection));
  const { pageSize, limit = Infinity } = requireOptions(options, scanOptionNames, {
    argument: "the query, the argument before the options",
    names: scanQueryNames,
  });
  if (pageSize !== undefined) requireCount("pageSize", pageSize, maxPageSize);
  if (limit !== Infinity) requireCount("limit", limit, Number.MAX_SAFE_INTEGER);
  const conditions = toConditions(executionFilters, query.where);
  conditionsToFilter(conditions);
  const request = { connection, scope, conditions, direction: query.direction };
  return createRowList({ limit, batches: (most) => scanBatches(request, most, options) });
}

interface ScanRequest {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly conditions: ReturnType<typeof toConditions>;
  readonly direction: ScanFilter["direction"];
}

async function* scanBatches(
  request: ScanRequest,
  limit: number,
  options: ScanOptions,
): AsyncGenerator<readonly Execution[], undefined> {
  const { pageSize, timeoutMs, signal } = options;
  const linked = linkSignals([signal]);
  try {
    const source = createSource(request, options);
    const settings = { limit, pageSize, timeoutMs, signal: linked.signal };
    yield* walkByKey(source, settings);
  } finally {
    linked.abort();
  }
}

function createSource(
  { connection, scope, conditions, direction = "ascending" }: ScanRequest,
  options: ScanOptions,
): KeysetSource<Execution> {
  const isDescending = direction === "descending";
  const byTime = toSort(executionFilters, { field: "createdAt", direction });
  const byId = toSort(executionFilters, undefined);
  const filterRange = (range: KeyRange | undefined): string => {
    if (range === undefined) return conditionsToFilter(conditions);
    const time = timeOfMicros(range.key);
    const inRange = toConditions(executionFilters, ({ createdAt }) => {
      switch (range.kind) {
        case "at":
          return createdAt.eq(time);
        case "from":
          return isDescending ? createdAt.lte(time) : createdAt.gte(time);
        case "behind":
          return isDescending ? createdAt.lt(time) : createdAt.gt(time);
      }
    });
    return conditionsToFilter([...conditions, ...inRange]);
  };
  return {
    ...describeRows(listExecutionsRpc),
    isDescending,
    fetch: ({ range, limit, token, signal }) => {
      const sortBy = range?.kind === "at" ? byId : byTime;
      const page = { limit, token, filters: filterRange(range), sortBy };
      const call = callOptionsOf({ ...options, signal });
      return fetchRows(connection, listExecutionsRpc, { id: scope }, page, call);
    },
    sortKeyOf: createdAtMicros,
  };
}

/**
 * When an execution was created, in microseconds since 1970: what its column holds. The closure has
 * nanoseconds, which the column cuts off.
 *
 * @throws FlyteError when the execution does not say, so that a walk by time cannot continue from it
 */
function createdAtMicros({ id, closure }: Execution): bigint {
  const time = closure?.createdAt;
  if (time === undefined) {
    throw new FlyteError(
      `ListExecutions returned the execution ${JSON.stringify(id?.name ?? "")} without closure.created_at, which the scan sorts by`,
      { code: "INTERNAL", rpc: "ListExecutions" },
    );
  }
  return time.seconds * 1_000_000n + BigInt(Math.floor(time.nanos / 1000));
}

/** The time of a key, as filters take it. */
function timeOfMicros(micros: bigint): { readonly seconds: bigint; readonly nanos: number } {
  const nanos = Number(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n) * 1000;
  return { seconds: (micros - BigInt(nanos / 1000)) / 1_000_000n, nanos };
}
