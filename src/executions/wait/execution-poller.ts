import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { getExecutionMethod } from "../../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection } from "../../calls/index.js";
import { onAbort, type WaitingClock } from "../../internal/cancellation/index.js";
import { type CallOptions, Channel, mapConcurrent } from "../../internal/index.js";
import { executionFilters, toFilterString, toSort } from "../../lists/filters/index.js";
import { fetchRows, listExecutionsRpc } from "../../lists/index.js";
import type { Scope } from "../../values/identifiers/index.js";
import { isTerminal } from "../../values/index.js";
import { PollLoop } from "./poll-loop.js";
import { PollFailures, pollIntervalMs } from "./poll-schedule.js";

/** Polls executions. All who wait in one project and domain share the calls. */
export class ExecutionPoller {
  readonly #connection: Connection;
  readonly #options: CallOptions;
  readonly #groups = new Map<string, PollGroup>();

  /** @param options - those of each call, without a signal */
  constructor(connection: Connection, options: CallOptions = {}) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Yields the states of an execution as they are polled, until the signal fires with an error. */
  async *states(
    id: WorkflowExecutionIdentifier,
    signal: AbortSignal,
  ): AsyncGenerator<Execution, undefined> {
    signal.throwIfAborted();
    const group = this.#group(id);
    const watcher = group.add(id.name);
    const release = onAbort([signal], ({ reason }) => {
      watcher.states.fail(reason);
    });
    try {
      yield* watcher.states;
    } finally {
      release();
      group.remove(watcher);
    }
  }

  #group({ project, domain, org }: WorkflowExecutionIdentifier): PollGroup {
    const key = [project, domain, org].join("\u0000");
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = new PollGroup(this.#connection, { project, domain, org }, this.#options);
    this.#groups.set(key, group);
    return group;
  }
}

/** Names in one list call: their filter stays far from what a URL carries. */
const namesPerCall = 100;

/** A caller that waits for an execution. */
interface Watcher {
  readonly name: string;
  /** The results of its polls. */
  readonly states: Channel<Execution>;
}

interface Schedule {
  readonly startedAt: number;
  dueAt: number;
  polls: number;
  readonly failures: PollFailures;
}

/** Polls the executions of one project and domain for all who wait for them, together. */
class PollGroup {
  readonly #connection: Connection;
  readonly #clock: WaitingClock;
  readonly #scope: Scope;
  readonly #options: CallOptions;
  readonly #watchers = new Map<Watcher, Schedule>();
  readonly #loop: PollLoop;

  constructor(connection: Connection, scope: Scope, options: CallOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#clock = connection.clock;
    this.#scope = scope;
    this.#loop = new PollLoop(this.#clock, {
      dueAt: () => Math.min(...[...this.#watchers.values()].map((one) => one.dueAt)),
      hasNew: () => [...this.#watchers.values()].some(({ polls }) => polls === 0),
      poll: (signal) => this.#pollDue(signal),
    });
  }

  /** Begins to poll for someone. */
  add(name: string): Watcher {
    const now = this.#clock.now();
    const watcher = { name, states: new Channel<Execution>() };
    const failures = new PollFailures();
    this.#watchers.set(watcher, { startedAt: now, dueAt: now, polls: 0, failures });
    this.#loop.wake();
    return watcher;
  }

  /** Ends it; with the last one, the polling ends. */
  remove(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size === 0) this.#loop.stop();
  }

  async #pollDue(signal: AbortSignal): Promise<void> {
    const chosen = this.#choose();
    const random = this.#clock.random();
    for (let at = 0; at < chosen.length && !signal.aborted; at += namesPerCall) {
      await this.#poll(chosen.slice(at, at + namesPerCall), random, signal);
    }
  }

  /** Those who are due, and those who are due next as far as the last call has room for them. */
  #choose(): readonly Watcher[] {
    const now = this.#clock.now();
    const byDue = [...this.#watchers].sort(([, a], [, b]) => a.dueAt - b.dueAt);
    const due = byDue.filter(([, { dueAt }]) => dueAt <= now).length;
    const room = Math.ceil(due / namesPerCall) * namesPerCall;
    return byDue.slice(0, room).map(([watcher]) => watcher);
  }

  async #poll(watchers: readonly Watcher[], random: number, signal: AbortSignal): Promise<void> {
    const names = [...new Set(watchers.map(({ name }) => name))];
    const [only] = names;
    let states: ReadonlyMap<string, Polled>;
    try {
      const options = { ...this.#options, signal };
      const call = { connection: this.#connection, scope: this.#scope, options };
      states =
        names.length === 1 && only !== undefined
          ? new Map([[only, await getPolled(call, only)]])
          : await listPolled(call, names);
    } catch (error) {
      states = new Map(names.map((name) => [name, { error }]));
    }
    for (const watcher of watchers) this.#deliver(watcher, states.get(watcher.name), random);
  }

  #deliver(watcher: Watcher, state: Polled | undefined, random: number): void {
    const schedule = this.#watchers.get(watcher);
    if (schedule === undefined || state === undefined) return;
    const now = this.#clock.now();
    schedule.polls += 1;
    schedule.dueAt = now + pollIntervalMs(schedule.polls, now - schedule.startedAt, random);
    if (!("error" in state)) {
      schedule.failures.end();
      watcher.states.push(state);
      return;
    }
    if (schedule.failures.isBridged(state.error)) return;
    this.remove(watcher);
    watcher.states.fail(state.error);
  }
}

/** The calls that a poll makes. */
interface PollCall {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly options: CallOptions & { readonly signal: AbortSignal };
}

/** The result of a look-up: an execution, or why there is none. */
type Polled = Execution | { readonly error: unknown };

/** Asks for one execution. */
function getPolled({ connection, scope, options }: PollCall, name: string): Promise<Execution> {
  return callUnary(connection, getExecutionMethod, { id: { ...scope, name } }, options);
}

/**
 * Asks for several executions with one call, and apart for those that the list does not have, to
 * learn why, and for those that failed, whose errors lists cut to 100 bytes.
 */
async function listPolled(
  call: PollCall,
  names: readonly string[],
): Promise<ReadonlyMap<string, Polled>> {
  const filters = toFilterString(executionFilters, (f) => [
    f.name.in(names),
    // Archived ones are hidden unless the state is named.
    f.state.in(["EXECUTION_ACTIVE", "EXECUTION_ARCHIVED"]),
  ]);
  const page = {
    limit: names.length,
    token: "",
    filters,
    sortBy: toSort(executionFilters, undefined),
  };
  const { items: executions } = await fetchRows(
    call.connection,
    listExecutionsRpc,
    { id: call.scope },
    page,
    call.options,
  );
  const found = new Map<string, Polled>();
  for (const execution of executions) {
    if (execution.id !== undefined && !hasError(execution)) found.set(execution.id.name, execution);
  }
  const others = names.filter((name) => !found.has(name));
  const ask = async (name: string) => [name, await getOrError(call, name)] as const;
  const { signal } = call.options;
  for await (const [name, polled] of mapConcurrent(others, ask, { signal })) {
    found.set(name, polled);
  }
  return found;
}

function hasError(execution: Execution): boolean {
  return isTerminal(execution) && execution.closure?.outputResult.case === "error";
}

async function getOrError(call: PollCall, name: string): Promise<Polled> {
  try {
    return await getPolled(call, name);
  } catch (error) {
    return { error };
  }
}
