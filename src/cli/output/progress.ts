import { cutToWidth } from "./display-width.js";
import type { OutputStream } from "./text-output.js";

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
