import { colorPhase, cutToWidth, displayWidth, oneLine, padToWidth } from "./terminal-text.js";
import type { TextOutput } from "./text-output.js";

/** A column of a table. */
export interface TableColumn<Row> {
  readonly header: string;
  readonly value: (row: Row) => string | undefined;
  /** Whether a narrow terminal may cut it: texts may be cut, what is copied from a table may not. */
  readonly mayBeCut?: boolean;
  /** Whether its cells are phases, which a terminal shows in colors. */
  readonly isPhase?: boolean;
}

/** The number of rows that decide the widths of columns. */
const sampleSize = 50;
const gap = "  ";
/** A column that is cut keeps at least this much. */
const leastWidth = 8;

/**
 * Writes rows as an aligned table while they come. The first rows decide the widths; in a terminal each line fits it,
 * as far as columns may be cut or left out, and elsewhere nothing is cut.
 */
export class TableWriter<Row> {
  readonly #output: TextOutput;
  readonly #columns: readonly TableColumn<Row>[];
  readonly #hasColors: boolean;
  #sample: (readonly string[])[] | undefined = [];
  #widths: readonly number[] = [];

  constructor(output: TextOutput, columns: readonly TableColumn<Row>[], hasColors: boolean) {
    this.#output = output;
    this.#columns = columns;
    this.#hasColors = hasColors;
  }

  async write(row: Row): Promise<void> {
    const cells = this.#columns.map(({ value }) => oneLine(value(row) ?? ""));
    if (this.#sample === undefined) {
      await this.#writeCells(cells);
      return;
    }
    this.#sample.push(cells);
    if (this.#sample.length >= sampleSize) await this.end();
  }

  /** Writes what was held back; no rows, no header. */
  async end(): Promise<void> {
    const sample = this.#sample;
    if (sample === undefined) return;
    this.#sample = undefined;
    if (sample.length === 0) return;
    const header = this.#columns.map((column) => column.header);
    this.#widths = this.#fit([header, ...sample]);
    await this.#writeCells(header, true);
    for (const cells of sample) await this.#writeCells(cells);
  }

  #fit(rows: readonly (readonly string[])[]): readonly number[] {
    const widths = this.#columns.map((_, at) =>
      Math.max(...rows.map((cells) => displayWidth(cells[at] ?? ""))),
    );
    const available = this.#output.columns;
    if (available === undefined) return widths;
    const total = (): number =>
      widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + gap.length), -gap.length);
    // Cut first, then leave out; from the right, where the longest texts are.
    for (const least of [leastWidth, 0]) {
      for (let at = widths.length - 1; at >= 0; at -= 1) {
        const width = widths[at] ?? 0;
        const excess = total() - available;
        if (excess <= 0) return widths;
        if (this.#columns[at]?.mayBeCut !== true) continue;
        widths[at] = least === 0 ? 0 : Math.max(Math.min(least, width), width - excess);
      }
    }
    return widths;
  }

  async #writeCells(cells: readonly string[], isHeader = false): Promise<void> {
    const isCut = this.#output.columns !== undefined;
    const shown = this.#columns.flatMap(({ mayBeCut, isPhase }, at) => {
      const width = this.#widths[at] ?? 0;
      if (width === 0) return [];
      const whole = cells[at] ?? "";
      const cell = padToWidth(isCut && mayBeCut === true ? cutToWidth(whole, width) : whole, width);
      return [this.#hasColors && isPhase === true && !isHeader ? colorPhase(cell, whole) : cell];
    });
    await this.#output.writeLine(shown.join(gap).trimEnd());
  }
}
