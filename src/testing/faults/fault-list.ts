import { rpcNames } from "../rpc-names.js";
import { InvalidOptionError, statusCodes } from "../../errors/index.js";
import {
  invalidOption,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  suggestionOf,
} from "../../internal/validation/index.js";
import { type Fault, type FaultCandidate, type FaultEffect, faultNames } from "./fault.js";

/** A fault that was added. */
export interface AddedFault {
  /** How often it has struck. */
  readonly strikes: number;
  /** Takes it away; calls that it has struck already continue as they were. */
  remove(): void;
}

/** The facts of a call that faults are matched with. */
export type FaultPlace = Omit<FaultCandidate, "seen">;

interface Entry {
  readonly fault: Fault;
  seen: number;
  strikes: number;
}

/** The faults of a server. The first that fits a call strikes it, in the order in which they were added. */
export class FaultList {
  readonly #random: () => number;
  #entries: readonly Entry[] = [];

  /** @param random - returns numbers from 0 up to 1, for faults with a probability */
  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * Adds a fault.
   * @throws InvalidOptionError for a fault without a target or an effect, or with a number out of range
   */
  add(fault: Fault): AddedFault {
    check(fault);
    const entry: Entry = { fault, seen: 0, strikes: 0 };
    this.#entries = [...this.#entries, entry];
    return {
      get strikes() {
        return entry.strikes;
      },
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** Takes all faults away. */
  clear(): void {
    this.#entries = [];
  }

  /** The effect that strikes at this place now, if any; it counts as one of the fault's `times`. */
  strike(place: FaultPlace): FaultEffect | undefined {
    for (const entry of this.#entries) {
      if (targets(entry.fault, place) && this.#strikes(entry, place)) return entry.fault;
    }
    return undefined;
  }

  #strikes(entry: Entry, place: FaultPlace): boolean {
    const { times, probability, when } = entry.fault;
    const seen = entry.seen++;
    if (times !== undefined && entry.strikes >= times) return false;
    if (probability !== undefined && this.#random() >= probability) return false;
    if (when !== undefined && !when({ ...place, seen })) return false;
    entry.strikes++;
    return true;
  }
}

function targets(fault: Fault, place: FaultPlace): boolean {
  if (fault.rpc !== undefined) {
    return place.rpc !== undefined && (fault.rpc === "*" || fault.rpc === place.rpc);
  }
  if (fault.blob !== undefined) return place.blob?.startsWith(fault.blob) ?? false;
  if (place.path === undefined || place.rpc !== undefined) return false;
  // `search` starts at the front whatever the expression's `lastIndex`.
  return typeof fault.path === "string"
    ? place.path.startsWith(fault.path)
    : place.path.search(fault.path) !== -1;
}

function check(fault: Fault): void {
  requireKnownOptions(fault, faultNames, "fault");
  const named = [fault.rpc, fault.path, fault.blob].filter((target) => target !== undefined);
  if (named.length !== 1) refuse("fault.rpc", "a fault needs exactly one of rpc, path and blob");
  const { times, probability, delayMs, retryAfterSeconds, rpc, code } = fault;
  if (rpc !== undefined && rpc !== "*")
    requireName("fault.rpc", rpc, rpcNames(), "an RPC, such as GetExecution");
  if (code !== undefined)
    requireName("fault.code", code, statusCodes(), "a gRPC status code, such as UNAVAILABLE");
  if (times !== undefined) requireInteger(times, "fault.times", { min: 1 });
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw invalidOption("fault.probability", "a number from 0 to 1", probability);
  }
  if (delayMs !== undefined) requireNumber(delayMs, "fault.delayMs", 0);
  if (retryAfterSeconds !== undefined)
    requireNumber(retryAfterSeconds, "fault.retryAfterSeconds", 0);
  if (fault.blob !== undefined && fault.code !== undefined) {
    refuse("fault.code", "a signed URL answers with an HTTP status. Set status in place of code");
  }
  if (fault.blob === undefined && fault.expired !== undefined) {
    refuse("fault.expired", "only signed URLs expire. Set blob");
  }
  if (!effects.some((effect) => fault[effect] !== undefined)) {
    refuse("fault.code", `a fault needs at least one of ${effects.join(", ")}`);
  }
}

function requireName(
  option: string,
  name: string,
  known: readonly string[],
  expected: string,
): void {
  if (known.includes(name)) return;
  throw invalidOption(option, expected, name, suggestionOf(name, known));
}

const effects = ["code", "delayMs", "hang", "status", "body", "reset", "expired"] as const;

function refuse(option: string, problem: string): never {
  throw new InvalidOptionError(`faults.add: ${problem}.`, { option });
}
