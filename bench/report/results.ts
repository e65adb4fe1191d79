import type { Load } from "../server/cost.js";

/** The result of a contender behind a delay: medians of its runs. */
export interface Result {
  readonly delayMs: number;
  readonly group: string;
  readonly name: string;
  readonly perSecond: number;
  /** Against the first contender of its group. */
  readonly ratio: number;
  readonly firstMs: number;
  /** The client's processor time for a thousand items, in milliseconds. */
  readonly cpuMs: number;
  readonly load: Load | undefined;
  /** False when what came was not what the others of the group had. */
  readonly isSame: boolean;
}

/** The results as a table, one line a contender and one column a delay. */
export function table(results: readonly Result[]): string {
  const delays = [...new Set(results.map(({ delayMs }) => delayMs))];
  const lines: string[] = [];
  for (const group of new Set(results.map((one) => one.group))) {
    const ofGroup = results.filter((one) => one.group === group);
    const names = [...new Set(ofGroup.map(({ name }) => name))];
    const width = Math.max(...names.map(({ length }) => length), group.length);
    const column = (text: string): string => text.padStart(26);
    lines.push("", group.padEnd(width) + delays.map((ms) => column(`${ms} ms`)).join(""));
    for (const name of names) {
      const cells = delays.map((delayMs) => {
        const result = ofGroup.find((one) => one.name === name && one.delayMs === delayMs);
        return column(result === undefined ? "" : cell(result));
      });
      lines.push(name.padEnd(width) + cells.join(""));
    }
  }
  lines.push(
    "",
    "items a second, × the first line, (ms to the first item, ms of the client's processor for 1,000 items, most calls in the server)",
  );
  return lines.join("\n");
}

function cell({ perSecond, ratio, firstMs, cpuMs, load, isSame }: Result): string {
  const inside = load === undefined ? "" : `, ${load.mostInside}`;
  const rate = Math.round(perSecond).toLocaleString("en");
  const wrong = isSame ? "" : " DIFFERENT ROWS";
  return `${rate} ×${ratio.toFixed(1)} (${Math.round(firstMs)}, ${Math.round(cpuMs)}${inside})${wrong}`;
}
