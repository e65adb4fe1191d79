import { measured } from "./measured.js";

/** A call, as far as what it costs the server goes. */
export interface CostlyCall {
  readonly rows: number;
  /** How many rows are skipped. */
  readonly offset: number;
  /** Whether it is a page of a longer list. */
  readonly isLong: boolean;
  /** How many calls are in the server, with this one. */
  readonly inside: number;
}

const { serialTree, callsPerSecond, treeOf64Ms, clientCallMs } = measured;

/** The server's time for a call for a row, by how many calls are in it, in milliseconds. */
const callMs: readonly (readonly [inside: number, ms: number])[] = [
  [1, serialTree.tookMs / serialTree.calls - clientCallMs],
  // Two calls have a core each, as any two of four have.
  [2, 1000 / callsPerSecond[4]],
  [4, 1000 / callsPerSecond[4]],
  [8, 1000 / callsPerSecond[8]],
  // No more than the ten idle connections are needed.
  [10, 1000 / callsPerSecond[8]],
  [16, 1000 / callsPerSecond[16]],
  [32, 1000 / callsPerSecond[32]],
  [64, treeOf64Ms / serialTree.calls],
];

/**
 * The additional time of pages of long lists, in milliseconds: of a page alone, on one core, and of pages side by side,
 * on both. Fitted to `measured.ratios`, with the loops by hand as the client of this bench runs them.
 */
const long = {
  alone: { pageMs: 2, rowMs: 0.038 },
  busy: { pageMs: 5, rowMs: 0.0535 },
} as const;

/** The additional time of a deep offset, fitted to `measured.deepPageMs`; lists of 10,000 rows have it in their pages. */
const depth = { fromRows: 10_000, toRows: 50_000, ms: 115 } as const;

/** How long a call occupies the whole server, in milliseconds. */
export function costMs({ rows, offset, isLong, inside }: CostlyCall): number {
  const { pageMs, rowMs } = inside === 1 ? long.alone : long.busy;
  // Skipping rows keeps one of the two cores busy.
  const queryMs = pageMs + depthMs(offset) / (inside === 1 ? 1 : 2);
  return callCost(inside) + Math.max(0, rows - 1) * rowMs + (isLong ? queryMs : 0);
}

function depthMs(offset: number): number {
  const share = (offset - depth.fromRows) / (depth.toRows - depth.fromRows);
  return Math.min(1, Math.max(0, share)) * depth.ms;
}

function callCost(inside: number): number {
  const after = callMs.findIndex(([count]) => count >= inside);
  const [count, ms] = callMs[after] ?? callMs[callMs.length - 1] ?? [1, 0];
  const before = callMs[after - 1];
  if (before === undefined) return ms;
  return ms - ((count - inside) / (count - before[0])) * (ms - before[1]);
}
