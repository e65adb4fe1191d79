import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../calls/index.js";
import {
  callOptionsOf,
  checkFunction,
  type OptionNames,
  requireOptions,
} from "../internal/validation/index.js";
import { launchExecution, type LaunchInput } from "./launch/index.js";
import type { AnyInterface, WorkflowInterface } from "../values/workflow-interface/index.js";
import { waitForExecution, type WaitOptions, waitOptionNames } from "./wait/index.js";

/** Options of launching an execution and waiting for its end. */
export interface LaunchAndWaitOptions extends WaitOptions {
  /** Called with the id once the execution is created: an error of the wait does not hold it. */
  readonly onLaunch?: ((id: WorkflowExecutionIdentifier) => void) | undefined;
}

const optionNames: OptionNames<LaunchAndWaitOptions> = {
  ...waitOptionNames,
  onLaunch: true,
};

/**
 * Launches an execution as `launchExecution` does, waits for its end as `waitForExecution` does, and
 * returns it as it is then: `unwrapOutcome(outcomeOf(execution))`
 * throws when it failed.
 *
 * `timeoutMs` limits the wait, which begins when the execution is created; the launch has the limit
 * of the client. An execution continues when the wait ends early.
 *
 * @throws the errors of `launchExecution` and of `waitForExecution`
 */
export async function launchAndWaitForExecution<Interface extends WorkflowInterface = AnyInterface>(
  connection: Connection,
  request: LaunchInput<Interface>,
  options: LaunchAndWaitOptions = {},
): Promise<Execution> {
  const { onLaunch, ...wait } = requireOptions(options, optionNames);
  checkFunction(onLaunch, "onLaunch");
  const call = callOptionsOf({ ...wait, timeoutMs: undefined });
  const id = await launchExecution(connection, request, call);
  onLaunch?.(id);
  return waitForExecution(connection, id, wait);
}
