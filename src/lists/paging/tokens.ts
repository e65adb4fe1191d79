import { FlyteError } from "../../errors/index.js";

/**
 * Reads a token as the offset that FlyteAdmin's tokens are; undefined for one of another form.
 * The empty token stands for the beginning.
 */
export function offsetOf(token: string): number | undefined {
  if (!/^\d*$/.test(token)) return undefined;
  const offset = Number(token);
  return Number.isSafeInteger(offset) ? offset : undefined;
}

/** Sees to it that a walk moves on. Tokens that are offsets must grow; others may not come back. */
export class TokenGuard {
  readonly #rpc: string;
  /** Stays empty with FlyteAdmin, whose tokens are offsets. */
  readonly #seen = new Set<string>();

  constructor(rpc: string) {
    this.#rpc = rpc;
  }

  /** @throws FlyteError when following the token would lead back to where the walk has been. */
  check(from: string, next: string): void {
    const before = offsetOf(from);
    const after = offsetOf(next);
    if (before !== undefined && after !== undefined) {
      if (after > before) return;
    } else {
      this.#seen.add(from);
      if (!this.#seen.has(next)) return;
    }
    throw new FlyteError(
      `${this.#rpc} answered with the token ${JSON.stringify(next)} to a request from ${JSON.stringify(from)}; following it would never end`,
      { code: "INTERNAL", rpc: this.#rpc },
    );
  }
}
