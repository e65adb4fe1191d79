import { once } from "node:events";

/** The part of a stream that commands write to. */
export interface OutputStream {
  readonly write: (text: string) => boolean;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Where a command writes its result. */
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
