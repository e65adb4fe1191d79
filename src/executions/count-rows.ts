import type { DescMessage, Message } from "@bufbuild/protobuf";

import type { Connection } from "../calls/index.js";
import { type CallOptions, mapConcurrent } from "../internal/index.js";
import {
  type FilterEntity,
  toFilterString,
  toSort,
  type WhereInput,
} from "../lists/filters/index.js";
import { fetchRows, type ListRpc } from "../lists/index.js";

/** The number of rows in each phase. */
export interface PhaseCounts<Phase extends string> {
  /** The rows in all phases. */
  readonly total: number;
  /** The rows in each phase, 0 where there are none. */
  readonly byPhase: Readonly<Record<Phase, number>>;
  /** The number of calls that the count took. */
  readonly calls: number;
}

/** The rows to count. */
export interface CountedRows<Scope, E extends FilterEntity, Phase extends string> {
  readonly scope: Scope;
  readonly where: WhereInput<E> | undefined;
  readonly phases: readonly Phase[];
  readonly hasPhase: (phase: Phase) => WhereInput<E>;
}

/** The rows of the first call, which is the only one for a phase that has fewer. */
const firstRows = 100;
const growth = 4;
/** Calls at once: FlyteAdmin keeps 10 idle connections to its database for all its users. */
const concurrency = 4;

/**
 * Counts the rows of a list by phase. FlyteAdmin has no count: whether a list has an nth row takes
 * one call for one row, and so its length takes a few calls however long it is.
 */
export async function countRows<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
  Phase extends string,
>(
  connection: Connection,
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
  { scope, where, phases, hasPhase }: CountedRows<Scope, E, Phase>,
  options: CallOptions = {},
): Promise<PhaseCounts<Phase>> {
  // Checked before any call, also where there is no phase to ask for.
  toFilterString(rpc.filters, where);
  const sortBy = toSort(rpc.filters, undefined);
  let calls = 0;
  const count = async (phase: Phase, signal: AbortSignal): Promise<readonly [Phase, number]> => {
    const isIn = hasPhase(phase);
    const filters = toFilterString(rpc.filters, (fields) => [where?.(fields), isIn(fields)].flat());
    const ask = (offset: number, limit: number) => {
      calls += 1;
      const page = { limit, token: offset === 0 ? "" : String(offset), filters, sortBy };
      return fetchRows(connection, rpc, scope, page, { ...options, signal });
    };
    return [phase, await lengthOf(ask)];
  };
  const counts = new Map<Phase, number>();
  const { signal } = options;
  const work = (phase: Phase, context: { readonly signal: AbortSignal }) =>
    count(phase, context.signal);
  for await (const [phase, rows] of mapConcurrent(phases, work, {
    concurrency,
    ...(signal && { signal }),
  })) {
    counts.set(phase, rows);
  }
  return { ...tally(phases, counts), calls };
}

/** Sums up counts, with 0 for the phases that have none. */
export function tally<Phase extends string>(
  phases: readonly Phase[],
  counts: ReadonlyMap<Phase, number>,
): Pick<PhaseCounts<Phase>, "total" | "byPhase"> {
  const entries = phases.map((phase) => [phase, counts.get(phase) ?? 0] as const);
  const total = entries.reduce((sum, [, rows]) => sum + rows, 0);
  // The entries are of all phases.
  return { total, byPhase: Object.fromEntries(entries) as Record<Phase, number> };
}

type Ask = (
  offset: number,
  limit: number,
) => Promise<{ readonly items: readonly unknown[]; readonly token: string }>;

async function lengthOf(ask: Ask): Promise<number> {
  const { items, token } = await ask(0, firstRows);
  if (token === "" || items.length === 0) return items.length;
  const hasRow = async (offset: number): Promise<boolean> =>
    (await ask(offset, 1)).items.length > 0;
  let least = items.length;
  let most = least * growth;
  while (await hasRow(most)) {
    least = most + 1;
    most *= growth;
  }
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (await hasRow(middle)) least = middle + 1;
    else most = middle;
  }
  return least;
}
