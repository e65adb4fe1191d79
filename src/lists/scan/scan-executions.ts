import type { CallOptions } from "@connectrpc/connect";

import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import { toFilterString, type Where } from "../filters/index.js";
import { lazily } from "../../internal/lazily.js";
import { requireCount } from "../paging/walk-settings.js";
import { type RowList, rowList } from "../paging/row-list.js";
import type { ScanRequest, scannedRows } from "./scanned-rows.js";

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
   * @defaultValue 100 for the first page; later ones grow towards 2 MiB, with at most 5000 rows, and
   *   no more than come in about a second and a half
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
  request: ScanRequest,
  load: () => Promise<{ readonly scannedRows: typeof scannedRows }>,
  options: ScanOptions = {},
): RowList<Execution> {
  const { pageSize, limit: most = Infinity } = options;
  if (pageSize !== undefined) requireCount("pageSize", pageSize, maxPageSize);
  if (most !== Infinity) requireCount("limit", most, Number.MAX_SAFE_INTEGER);
  toFilterString("execution", request.filter.where);
  return rowList((limit) =>
    lazily(async () => (await load()).scannedRows(request, Math.min(limit, most), options)),
  );
}
