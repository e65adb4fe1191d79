import type { Message } from "@bufbuild/protobuf";

import type { AnsweredCall } from "../../src/testing/pipeline/index.js";

/** What a FlyteAdmin v1.16.8 with PostgreSQL cost on two cores, in milliseconds. */
const measured = {
  /** A call for a few rows. */
  callMs: 0.43,
  /** A page of a long list more: its rows are counted off and sorted. */
  longListMs: 9,
  /** A row more, beyond what making it costs the in-memory server itself. */
  rowMs: 0.008,
  /** A request that finds all idle connections taken opens one to PostgreSQL, and closes it. */
  connectionMs: 1.2,
} as const;

const idleConnections = 10;

/** How busy a server was. */
export interface Load {
  readonly calls: number;
  /** The most requests that were in the server at the same time. */
  readonly mostInside: number;
}

/**
 * Makes answers take as long as those of a real server: costs add up, since two cores do the work
 * of all requests, and requests beyond the idle connections cost more.
 */
export class ServerCost {
  #busyUntilMs = 0;
  #inside = 0;
  #mostInside = 0;
  #calls = 0;
  #isOn = false;

  /** Begins to cost; a server that is being filled does not. */
  turnOn(): void {
    this.#isOn = true;
  }

  /** What happened since the last time this was asked. */
  takeLoad(): Load {
    const load = { calls: this.#calls, mostInside: this.#mostInside };
    this.#calls = 0;
    this.#mostInside = this.#inside;
    return load;
  }

  /** Waits as long as the answer costs. */
  readonly beforeAnswer = async ({ request, response }: AnsweredCall): Promise<void> => {
    if (!this.#isOn) return;
    this.#calls += 1;
    this.#inside += 1;
    this.#mostInside = Math.max(this.#mostInside, this.#inside);
    const rows = rowsOf(response);
    const isLong = rows >= 100 || (stringField(request, "token") ?? "") !== "";
    const costMs =
      measured.callMs +
      (isLong ? measured.longListMs : 0) +
      rows * measured.rowMs +
      (this.#inside > idleConnections ? measured.connectionMs : 0);
    this.#busyUntilMs = Math.max(performance.now(), this.#busyUntilMs) + costMs;
    await until(this.#busyUntilMs);
    this.#inside -= 1;
  };
}

function rowsOf(response: Message): number {
  return Object.values(response).reduce<number>(
    (rows, value) => (Array.isArray(value) ? rows + value.length : rows),
    0,
  );
}

function stringField(message: Message, name: string): string | undefined {
  const field = Object.entries(message).find(([key]) => key === name);
  const value: unknown = field?.[1];
  return typeof value === "string" ? value : undefined;
}

function until(timeMs: number): Promise<void> {
  const waitMs = timeMs - performance.now();
  return new Promise((resolve) => {
    // A timer waits for a whole millisecond at least.
    if (waitMs < 0.5) setImmediate(resolve);
    else setTimeout(resolve, Math.round(waitMs));
  });
}
