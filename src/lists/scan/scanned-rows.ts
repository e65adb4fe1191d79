import { toBinary } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";

import { type Execution, ExecutionSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { linkSignals } from "../../internal/cancellation/index.js";
import { toFilterString, toSort } from "../filters/index.js";
import type { Scope } from "../../values/identifiers/index.js";
import { pageOptions } from "../paging/index.js";
import { type KeyRange, type KeysetSource, walkByKey } from "./keyset-walk.js";
import type { ScanFilter, ScanOptions } from "./scan-executions.js";
import { createdAtMicros, timeOfMicros } from "./time-key.js";

/** What is scanned. */
export interface ScanRequest {
  readonly admin: Client<typeof AdminService>;
  readonly scope: Scope;
  readonly filter: ScanFilter;
}

/** Gives the rows of a scan one by one, until the signal fires or the loop is left. */
export async function* scannedRows(
  request: ScanRequest,
  limit: number,
  options: ScanOptions,
): AsyncGenerator<Execution, undefined> {
  const { pageSize, timeoutMs, signal } = options;
  const linked = linkSignals([signal]);
  try {
    const source = sourceOf(request, options);
    const settings = { limit, pageSize, timeoutMs, signal: linked.signal };
    for await (const rows of walkByKey(source, settings)) {
      yield* rows;
    }
  } finally {
    linked.abort();
  }
}

function sourceOf(
  { admin, scope, filter: { where, direction = "ascending" } }: ScanRequest,
  options: ScanOptions,
): KeysetSource<Execution> {
  const isDescending = direction === "descending";
  const byTime = toSort("execution", { field: "createdAt", direction });
  const byId = toSort("execution", undefined);
  const filterOf = (range: KeyRange | undefined): string =>
    toFilterString("execution", (fields) => {
      const made = where?.(fields) ?? [];
      const conditions = "length" in made ? made : [made];
      if (range === undefined) return conditions;
      const { createdAt } = fields;
      const time = timeOfMicros(range.key);
      switch (range.kind) {
        case "at":
          return [...conditions, createdAt.eq(time)];
        case "from":
          return [...conditions, isDescending ? createdAt.lte(time) : createdAt.gte(time)];
        case "behind":
          return [...conditions, isDescending ? createdAt.lt(time) : createdAt.gt(time)];
      }
    });
  return {
    rpc: "ListExecutions",
    isDescending,
    fetch: async ({ range, limit, token, signal }) => {
      const sortBy = range?.kind === "at" ? byId : byTime;
      const request = { id: scope, limit, token, filters: filterOf(range), sortBy };
      const reply = await admin.listExecutions(request, pageOptions(options, signal));
      return { items: reply.executions, token: reply.token };
    },
    keyOf: createdAtMicros,
    nameOf: ({ id }) => id?.name ?? "",
    byteLengthOf: (execution) => toBinary(ExecutionSchema, execution).length,
  };
}
