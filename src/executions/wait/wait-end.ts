import type { Connection } from "../../calls/index.js";
import type { FlyteError } from "../../errors/index.js";
import { CanceledError, DeadlineExceededError } from "../../errors/index.js";
import { whenAborted } from "../../internal/when-aborted.js";
import type { UpdatesOptions } from "./wait-options.js";

/** The longest delay that a timer of JavaScript can hold, about 24.8 days. */
const maxTimerMs = 2_147_483_647;

/** What ends a wait from outside: the caller's signal, and the time limit. */
export class WaitEnd {
  /** Aborts with a `FlyteError` when the wait has to end. */
  readonly signal: AbortSignal;
  /** What is being waited for, for the error. */
  phase = "not yet known";
  readonly #controller = new AbortController();
  readonly #letGo: () => void;

  constructor(
    name: string,
    { signal, timeoutMs }: UpdatesOptions,
    { clock, closed }: Pick<Connection, "clock" | "closed">,
  ) {
    this.signal = this.#controller.signal;
    this.#letGo = whenAborted([signal, closed], (ender) => {
      const by = ender === closed ? "ended: the client was closed" : "canceled by its signal";
      const words = `the wait for execution ${JSON.stringify(name)} was ${by}`;
      this.#end(new CanceledError(words, { cause: ender.reason }));
    });
    if (timeoutMs === undefined || timeoutMs > maxTimerMs) return;
    void clock.delay(timeoutMs, this.signal).then(() => {
      const words = `execution ${JSON.stringify(name)} had not ended after ${timeoutMs} ms; its phase was ${this.phase}`;
      this.#end(new DeadlineExceededError(words));
    });
  }

  /** Lets go of the caller's signal and of the clock. */
  done(): void {
    this.#letGo();
    this.#controller.abort();
  }

  #end(error: FlyteError): void {
    this.#controller.abort(error);
  }
}
