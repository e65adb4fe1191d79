import type { CallOptions, Client } from "@connectrpc/connect";

import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { toFilterString, toSort, type Where } from "../filters/index.js";
import type { Scope } from "../identifiers/index.js";
import { pageOptions } from "../paging/index.js";
import { requireCount } from "../paging/walk-settings.js";
import { lazily } from "../lazily.js";
import type { KeyRange, KeysetSource } from "./keyset-walk.js";
import { type RowList, rowList } from "./row-list.js";
import type { scanRows } from "./scan-rows.js";
import { createdAtMicros, timeOfMicros } from "./time-key.js";

/** Which executions a scan gives. */
export interface ScanFilter {
  /**
   * Conditions that all must hold.
   * @defaultValue every execution that is not archived
   */
  readonly where?: Where<"execution"> | undefined;
  /**
   * Which executions come first: `"ascending"` the oldest, `"descending"` the newest.
   * @defaultValue "ascending"; executions that are created meanwhile come last
   */
  readonly direction?: "ascending" | "descending" | undefined;
}

/** How a scan is walked. Every call takes Connect's options besides. */
export interface ScanOptions extends CallOptions {
  /**
   * The rows that one request asks for, from 1 to 65535.
   * @defaultValue 100 for the first page; later ones grow to 1000
   */
  readonly pageSize?: number | undefined;
  /** The most executions; no more are asked for. */
  readonly limit?: number | undefined;
}

const maxPageSize = 65_535;

/**
 * Walks the executions of a project and domain by the time of their creation.
 *
 * @param load - gives what walks
 * @throws InvalidFilterError or InvalidOptionError before any call
 */
export function scanExecutions(
  admin: Client<typeof AdminService>,
  scope: Scope,
  { where, direction = "ascending" }: ScanFilter,
  load: () => Promise<{ readonly scanRows: typeof scanRows }>,
  options: ScanOptions = {},
): RowList<Execution> {
  const { pageSize, limit: most = Infinity, signal } = options;
  if (pageSize !== undefined) requireCount("pageSize", pageSize, maxPageSize);
  if (most !== Infinity) requireCount("limit", most, Number.MAX_SAFE_INTEGER);
  const byTime = toSort("execution", { field: "createdAt", direction });
  const byId = toSort("execution", undefined);
  const filterOf = (range: KeyRange | undefined): string =>
    toFilterString("execution", (fields) => {
      const made = where?.(fields) ?? [];
      const conditions = "length" in made ? made : [made];
      if (range === undefined) return conditions;
      const { createdAt } = fields;
      const time = timeOfMicros(range.key);
      const isDescending = direction === "descending";
      switch (range.kind) {
        case "at":
          return [...conditions, createdAt.eq(time)];
        case "from":
          return [...conditions, isDescending ? createdAt.lte(time) : createdAt.gte(time)];
        case "behind":
          return [...conditions, isDescending ? createdAt.lt(time) : createdAt.gt(time)];
      }
    });
  toFilterString("execution", where);
  const source: KeysetSource<Execution> = {
    rpc: "ListExecutions",
    isDescending: direction === "descending",
    fetch: async ({ range, limit, token, signal }) => {
      const sortBy = range?.kind === "at" ? byId : byTime;
      const request = { id: scope, limit, token, filters: filterOf(range), sortBy };
      const reply = await admin.listExecutions(request, pageOptions(options, signal));
      return { items: reply.executions, token: reply.token };
    },
    keyOf: createdAtMicros,
    nameOf: ({ id }) => id?.name ?? "",
  };
  return rowList((limit) =>
    lazily(async () => {
      const settings = { limit: Math.min(limit, most), pageSize, signal };
      return (await load()).scanRows(source, settings);
    }),
  );
}
