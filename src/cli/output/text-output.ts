import { once } from "node:events";
import { cutToWidth } from "./terminal-text.js";

/** The part of a stream that commands write to. */
export interface OutputStream {
  readonly write: (text: string) => boolean;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** The output that a command writes its result to. */
export class TextOutput {
  readonly #stream: OutputStream & NodeJS.EventEmitter;
  readonly #signal: AbortSignal;

  constructor(stream: OutputStream & NodeJS.EventEmitter, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** The width of the terminal; `undefined` for a pipe or a file, where nothing is cut. */
  get columns(): number | undefined {
    const { columns } = this.#stream;
    return this.isTerminal && columns !== undefined && columns > 0 ? columns : undefined;
  }

  /**
   * Writes a line, and waits while the reader does not keep up.
   * @throws the reason of the signal when the command was ended, or nobody reads the output
   */
  async writeLine(text: string): Promise<void> {
    this.#signal.throwIfAborted();
    if (this.#stream.write(`${text}\n`)) return;
    await once(this.#stream, "drain", { signal: this.#signal });
  }
}

const betweenMs = 100;

/** A line on stderr that is written over as work continues. It shows only in a terminal. */
export class Progress {
  readonly #stream: OutputStream;
  readonly #isShown: boolean;
  #lastMs = -Infinity;
  #isDirty = false;

  constructor(stream: OutputStream, isWanted = true) {
    this.#stream = stream;
    this.#isShown = isWanted && stream.isTTY === true;
  }

  /** Shows a text, at most ten times in a second. */
  show(text: string): void {
    const nowMs = performance.now();
    if (!this.#isShown || nowMs - this.#lastMs < betweenMs) return;
    this.#lastMs = nowMs;
    this.#isDirty = true;
    this.#stream.write(`\r\u001b[K${cutToWidth(text, (this.#stream.columns ?? 80) - 1)}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#stream.write("\r\u001b[K");
  }
}
