import type { Message } from "@bufbuild/protobuf";

import type { AnsweredCall } from "../../src/testing/pipeline/index.js";
import { untilAbout, untilPrecisely } from "./clock.js";
import { type CostlyCall, costMs } from "./cost-model.js";

/**
 * The in-memory server's own time for a call and for a row, in milliseconds, before and after
 * it waits: `npm run bench -- --calibrate` prints the whole. It is a part of the cost.
 */
const own = {
  before: { callMs: 0.15, rowMs: 0.001 },
  after: { callMs: 0.3, rowMs: 0.02 },
} as const;

/** How busy a server was. */
export interface Load {
  readonly calls: number;
  /** The most requests that were in the server at the same time. */
  readonly mostInside: number;
  /** The processor time of its process, in milliseconds. */
  readonly cpuMs: number;
}

/** Makes answers take as long as those of the server that was measured, by waiting. */
export class ServerCost {
  #busyUntilMs = 0;
  #inside = 0;
  #mostInside = 0;
  #calls = 0;
  #cpu = process.cpuUsage();
  #isOn = false;

  /** Begins to cost; a server that is being filled does not. */
  turnOn(): void {
    this.#isOn = true;
  }

  /** Returns the load since the last time this was called. */
  takeLoad(): Load {
    const { user, system } = process.cpuUsage(this.#cpu);
    const load = {
      calls: this.#calls,
      mostInside: this.#mostInside,
      cpuMs: (user + system) / 1000,
    };
    this.#calls = 0;
    this.#mostInside = this.#inside;
    this.#cpu = process.cpuUsage();
    return load;
  }

  /** Waits as long as the answer costs. */
  readonly beforeAnswer = async (call: AnsweredCall): Promise<void> => {
    if (!this.#isOn) return;
    this.#calls += 1;
    this.#inside += 1;
    this.#mostInside = Math.max(this.#mostInside, this.#inside);
    const costly = costlyCall(call, this.#inside);
    const arrivedMs = performance.now() - ownMs(own.before, costly);
    this.#busyUntilMs = Math.max(arrivedMs, this.#busyUntilMs) + costMs(costly);
    const answerAtMs = this.#busyUntilMs - ownMs(own.after, costly);
    // Calls that queue come out at the right rate whichever of them is early or late.
    await (this.#inside === 1 ? untilPrecisely(answerAtMs) : untilAbout(answerAtMs));
    this.#inside -= 1;
  };
}

function ownMs({ callMs, rowMs }: typeof own.before | typeof own.after, { rows }: CostlyCall) {
  return callMs + rows * rowMs;
}

function costlyCall({ request, page }: AnsweredCall, inside: number): CostlyCall {
  const token = page === undefined ? "" : tokenOf(request);
  const rows = page?.rows ?? 1;
  const isLong = rows >= 100 || token !== "" || (page !== undefined && page.token !== "");
  return { rows, offset: Number(token), isLong, inside };
}

function tokenOf(message: Message): string {
  return "token" in message && typeof message.token === "string" ? message.token : "";
}
