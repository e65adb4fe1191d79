import type { Message } from "@bufbuild/protobuf";

import type { AnsweredCall } from "../../src/testing/pipeline/index.js";
import { until } from "./clock.js";
import { type CostlyCall, costMs } from "./cost-model.js";

/** What the in-memory server itself takes of a call, in milliseconds: it is a part of the cost. */
const own = { beforeMs: 0.1, afterMs: 0.1, afterRowMs: 0.003 } as const;

/** How busy a server was. */
export interface Load {
  readonly calls: number;
  /** The most requests that were in the server at the same time. */
  readonly mostInside: number;
  /** What its process took of a processor, in milliseconds. */
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

  /** What happened since the last time this was asked. */
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
    const startMs = Math.max(performance.now() - own.beforeMs, this.#busyUntilMs);
    this.#busyUntilMs = startMs + costMs(costly);
    await until(this.#busyUntilMs - own.afterMs - costly.rows * own.afterRowMs);
    this.#inside -= 1;
  };
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
