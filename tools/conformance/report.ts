import type { JsonValue } from "@bufbuild/protobuf";

import type { PlannedCall } from "./calls/planned-call.js";
import type { Comparison, Verdict } from "./compare.js";
import { jsonOf } from "./normalize.js";

/** A call that the two servers answered otherwise. */
export interface Difference {
  readonly index: number;
  readonly wire: string;
  readonly rpc: string;
  readonly verdict: Verdict;
  readonly request: JsonValue;
  readonly target: JsonValue;
  readonly inMemory: JsonValue;
}

type Counts = Readonly<Record<Verdict, number>>;

const verdicts: readonly Verdict[] = ["equal", "code", "text", "data", "tie"];
const headings: Readonly<Record<Verdict, string>> = {
  equal: "equal",
  code: "other code",
  text: "other text",
  data: "other data",
  tie: "ties",
};
const noCalls: Counts = { equal: 0, code: 0, text: 0, data: 0, tie: 0 };

/** The result of a run, by RPC. */
export class Report {
  readonly #byRpc = new Map<string, Counts>();
  readonly #differences: Difference[] = [];
  #calls = 0;

  /** All that differ, ties left out. */
  get differences(): readonly Difference[] {
    return this.#differences;
  }

  /** Over all RPCs. */
  get counts(): Counts {
    const all = [...this.#byRpc.values()];
    const sum = (verdict: Verdict) => all.reduce((total, counts) => total + counts[verdict], 0);
    return {
      equal: sum("equal"),
      code: sum("code"),
      text: sum("text"),
      data: sum("data"),
      tie: sum("tie"),
    };
  }

  /** The share of equal answers, ties left out: from 0 to 1. */
  get share(): number {
    const { equal, code, text, data } = this.counts;
    const compared = equal + code + text + data;
    return compared === 0 ? 1 : equal / compared;
  }

  add(wire: string, { method, request }: PlannedCall, comparison: Comparison): void {
    const { verdict, target, inMemory } = comparison;
    const counts = this.#byRpc.get(method.name) ?? noCalls;
    this.#byRpc.set(method.name, { ...counts, [verdict]: counts[verdict] + 1 });
    const index = this.#calls++;
    if (verdict === "equal" || verdict === "tie") return;
    this.#differences.push({
      index,
      wire,
      rpc: method.name,
      verdict,
      request: jsonOf(method.input, request),
      target,
      inMemory,
    });
  }

  /** The table by RPC, the RPCs with differences first, and the line with the sums. */
  toText(): string {
    const rows = [...this.#byRpc].sort(
      ([a, left], [b, right]) => differing(right) - differing(left) || (a < b ? -1 : 1),
    );
    const width = Math.max(...rows.map(([rpc]) => rpc.length), 3);
    const line = (name: string, cells: readonly string[]) =>
      `${name.padEnd(width)}  ${cells.map((cell) => cell.padStart(10)).join("  ")}`;
    const numbers = (counts: Counts) => verdicts.map((each) => String(counts[each]));
    const { equal, code, text, data, tie } = this.counts;
    const compared = equal + code + text + data;
    return [
      line(
        "RPC",
        verdicts.map((each) => headings[each]),
      ),
      ...rows.map(([rpc, counts]) => line(rpc, numbers(counts))),
      line("all", numbers(this.counts)),
      "",
      `${equal} of ${compared} answers equal (${percent(this.share)}), ` +
        `codes equal in ${percent(compared === 0 ? 1 : (compared - code) / compared)}; ${tie} ties left out`,
    ].join("\n");
  }
}

function differing({ code, text, data }: Counts): number {
  return code + text + data;
}

function percent(share: number): string {
  // Rounded down, so that 100.00 % means all.
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}
