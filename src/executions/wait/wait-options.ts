import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { CallOptions } from "../../internal/index.js";
import { callOptionNames, type OptionNames } from "../../internal/validation/index.js";
import type { ExecutionPhaseName } from "../../values/index.js";
import type { ExecutionTree } from "../tree/index.js";

/** Something that happened to an execution that is waited for. */
export interface ExecutionUpdate {
  /** The execution as the poll found it. */
  readonly execution: Execution;
  /** The phase of the execution. */
  readonly phase: ExecutionPhaseName;
  /** The phase of the update before; undefined in the first. */
  readonly previousPhase: ExecutionPhaseName | undefined;
  /** The time since the wait began, in milliseconds. */
  readonly elapsedMs: number;
  /** The nodes that are new or in another phase since the update before; empty without `tree`. */
  readonly nodes: readonly NodeExecution[];
  /** All that is inside the execution; undefined without `tree`. */
  readonly tree: ExecutionTree | undefined;
}

/**
 * Options of the updates of an execution. `headers`, `onHeader`, `onTrailer` and
 * `contextValues` apply to each poll; with one of them the polls are not shared with others.
 */
export interface UpdatesOptions extends Omit<CallOptions, "timeoutMs"> {
  /**
   * The time limit of the whole wait, in milliseconds; then it ends with a `DeadlineExceededError`. 0 and
   * Infinity mean no limit.
   * @defaultValue none: as long as it takes
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether to look at the nodes too. Each poll asks only for the branches that still run.
   * @defaultValue `false`
   */
  readonly tree?: boolean | undefined;
}

/** The names of {@link UpdatesOptions}. */
export const updatesOptionNames: OptionNames<UpdatesOptions> = {
  ...callOptionNames,
  tree: true,
};

/** Options of waiting for an execution. */
export interface WaitOptions extends UpdatesOptions {
  /**
   * Called after each poll, the first and the last included. `nodes` has what changed since the
   * poll before, and `phase` differs from `previousPhase` when that changed.
   */
  readonly onUpdate?: ((update: ExecutionUpdate) => void) | undefined;
}

/** The names of {@link WaitOptions}. */
export const waitOptionNames: OptionNames<WaitOptions> = {
  ...updatesOptionNames,
  onUpdate: true,
};
