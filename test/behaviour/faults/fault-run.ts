import { getEventListeners } from "node:events";
import { inspect } from "node:util";

import { expect } from "@jest/globals";

import { AdminClient, isFlyteError } from "../../../src/index.js";
import type { Wire } from "../../support/wires.js";
import { LeakWatch } from "./leak-watch.js";
import { randomFault } from "./random-fault.js";
import { scenarios, type Stage } from "./scenarios.js";
import { seededRandom } from "./seeded-random.js";
import { buildWorld } from "./world.js";

/** The result of a run. */
export interface FaultReport {
  readonly rounds: number;
  readonly faultsThatStruck: number;
  readonly failedScenarios: number;
}

const token = "planted-token.5cc1e8d0";
const secrets = [token, "planted-secret.7f3a", "planted-cookie.99"];

/** How often an unnamed launch loses its answer for sure, in rounds: sent again, it would be a second execution. */
const forcedEvery = 20;

/** No scenario may take longer, with all its calls, in milliseconds. */
const patienceMs = 60_000;

/**
 * Some rounds of work on a server whose faults are chance of a seed.
 *
 * @param afterRound Called after each round; where a test plants a leak.
 * @throws when a row is lost, doubled or out of order, a create is doubled, something hangs,
 * leaks or shows a secret; the message names wire, seed and round.
 */
export async function faultRun(
  wire: Wire,
  seed: number,
  rounds: number,
  afterRound: (stage: Stage) => void = () => undefined,
): Promise<FaultReport> {
  const random = seededRandom(seed);
  const world = await buildWorld(random);
  const { flyte } = world;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", onUnhandled);

  const texts: string[] = [];
  const write = (text: string): void => void texts.push(text);
  const fetch = wire.name.endsWith("in process")
    ? (input: Parameters<typeof globalThis.fetch>[0], init?: RequestInit) =>
        flyte.fetch(input, init)
    : undefined;
  const client = await wire.open(flyte, {
    headers: { authorization: `Bearer ${token}`, cookie: "session=planted-cookie.99" },
    logger: { debug: write, info: write, warn: write, error: write },
    retry: { random: () => random.next(), delay: () => Promise.resolve(), budget: Infinity },
    ...(fetch && { fetch }),
  });
  const calm = new AdminClient({ transport: flyte.transport() });
  const { signal } = new AbortController();
  const stage: Stage = { world, admin: client.admin, random, signal, fetch };
  const framed = !wire.rest && !wire.name.startsWith("Connect");
  let faultsThatStruck = 0;
  let failedScenarios = 0;
  let round = 0;
  const leaks = new LeakWatch();
  const half = Math.floor(rounds / 2);
  try {
    for (; round < rounds; round += 1) {
      if (round === half) await leaks.halfWay();
      const picked = random.pick(Object.keys(scenarios));
      const isForced = round % forcedEvery === 1;
      const name = isForced ? "launchUnnamed" : picked;
      const faults = isForced
        ? [flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 })]
        : Array.from({ length: 1 + random.below(3) }, () =>
            flyte.faults.add(randomFault(random, framed)),
          );
      texts.push(name);
      const { failure, check } = await inTime(scenarios[name]!(stage), name);
      flyte.faults.clear();
      faultsThatStruck += faults.filter(({ strikes }) => strikes > 0).length;
      if (failure !== undefined) {
        failedScenarios += 1;
        texts.push(...textsOf(failure));
        await readSockets();
      }
      await check?.(calm);
      expect(getEventListeners(signal, "abort")).toEqual([]);
      const told = texts.splice(0).join("\n");
      for (const secret of secrets) expect(told).not.toContain(secret);
      expect(told).not.toMatch(/[?&]X-Amz-Signature=[0-9a-f]/i);
      afterRound(stage);
    }
    await leaks.end(rounds - half);
    expect(unhandled).toEqual([]);
    return { rounds, faultsThatStruck, failedScenarios };
  } catch (error) {
    const replay = `FAULT_WIRE=${JSON.stringify(wire.name)} FAULT_SEED=${seed} FAULT_ROUNDS=${round + 1}`;
    throw new Error(
      `over ${wire.name}, seed ${seed}, round ${round}; replay with ${replay} npm run test:faults\n${inspect(error)}`,
      { cause: error },
    );
  } finally {
    process.off("unhandledRejection", onUnhandled);
    await client.close();
  }
}

/**
 * Lets the server read what a call that was given up has sent: on a busy machine a launch may still be on its socket
 * when its deadline is over, and would be carried out behind the check.
 */
async function readSockets(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function inTime<T>(work: Promise<T>, name: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${name} hangs`));
    }, patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that a caller may print of an error. */
function textsOf(error: unknown): readonly string[] {
  if (!isFlyteError(error)) return [String(error)];
  return [String(error), error.stack ?? "", inspect(error, { depth: 10 }), JSON.stringify(error)];
}
