import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import type { CallOptions } from "../../internal/index.js";
import { onAbort } from "../../internal/cancellation/index.js";
import { PollGroup } from "./poll-group.js";

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

  /** Gives the states of an execution as they are polled, until the signal fires with an error. */
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
