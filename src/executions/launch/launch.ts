import {
  type Execution,
  ExecutionMetadata_ExecutionMode,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  createExecutionMethod,
  recoverExecutionMethod,
  relaunchExecutionMethod,
} from "../../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection, requireDefaults } from "../../calls/index.js";
import type { CallOptions } from "../../internal/index.js";
import {
  callOptionsOf,
  checkFunction,
  type OptionNames,
  requireKnownOptions,
  requireOptions,
} from "../../internal/validation/index.js";
import {
  checkNewExecutionName,
  type ExecutionIdInput,
  requireExecutionId,
} from "../../values/identifiers/index.js";
import type { AnyInterface, WorkflowInterface } from "../../values/index.js";
import { waitForExecution, waitOptionNames, type WaitOptions } from "../wait/index.js";
import { expectedLaunch, expectedRerun, type Rerun } from "./expected-execution.js";
import { createExecutionOnce } from "./idempotent-launch.js";
import { buildLaunchMessage, type LaunchInput } from "./launch-request.js";

/** Options of a relaunch. */
export interface RelaunchInput {
  /**
   * The name of the new execution, at most 63 characters: a letter, then letters, digits and
   * hyphens. With a name, a launch whose response was lost is recovered by name.
   * @defaultValue one that the server makes
   */
  readonly name?: string | undefined;
  /**
   * Whether to run tasks whose results are cached, and to replace the cached results.
   * @defaultValue `false`
   */
  readonly overwriteCache?: boolean | undefined;
}

const relaunchNames: OptionNames<RelaunchInput> = { name: true, overwriteCache: true };

/** Options of a recovery. */
export interface RecoverInput {
  /**
   * The name of the new execution.
   * @defaultValue one that the server makes
   */
  readonly name?: string | undefined;
}

const recoverNames: OptionNames<RecoverInput> = { name: true };

/**
 * Launches a launch plan, or a task by itself, and returns the id of the execution.
 *
 * With a `name`, a launch whose response was lost is looked up by the name, and sent again only if no execution has
 * it, so that one launch starts one execution. An execution that is found counts as this launch's if plan, inputs,
 * labels and annotations agree. Without a name it is sent once.
 *
 * A launch plan without a version means its active version. The server may answer with the id of an execution that
 * has failed already, when the cluster refused it: look at its phase.
 *
 * Inputs are literals, or JavaScript values (`values`), which become literals by the types that the launch plan
 * declares. A type parameter that describes the inputs lets the compiler check them:
 * `launch<{ inputs: { epochs: bigint } }>({ launchPlan, values: { epochs: 3n } })`.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when there is no launch plan or task, or none is
 *   active; InvalidArgumentError when the inputs do not fit (values that do not are found before the call, as a
 *   LiteralError); AlreadyExistsError when the name is taken or a concurrency limit is reached;
 *   ExecutionConflictError when the response was lost and another execution has the name
 */
export async function launchExecution<Interface extends WorkflowInterface = AnyInterface>(
  connection: Connection,
  request: LaunchInput<Interface>,
  options?: CallOptions,
): Promise<WorkflowExecutionIdentifier> {
  const message = await buildLaunchMessage(connection, request, options);
  return createExecutionOnce(connection, expectedLaunch(message), options, (call) =>
    callUnary(connection, createExecutionMethod, message, call),
  );
}

/**
 * Runs an execution again with the same inputs, and returns the id of the new one.
 *
 * @throws InvalidIdentifierError before the call (the server would relaunch an unrelated execution); NotFoundError
 *   when there is no execution; AlreadyExistsError when the name is taken
 */
export async function relaunchExecution(
  connection: Connection,
  id: ExecutionIdInput,
  request: RelaunchInput = {},
  options?: CallOptions,
): Promise<WorkflowExecutionIdentifier> {
  requireKnownOptions(request, relaunchNames, "request", "an object such as { name }");
  const rerun = requireRerun(connection, id, request);
  const { overwriteCache = false } = request;
  const expected = expectedRerun(rerun, ExecutionMetadata_ExecutionMode.RELAUNCH, overwriteCache);
  return createExecutionOnce(connection, expected, options, (call) =>
    callUnary(connection, relaunchExecutionMethod, { ...rerun, overwriteCache }, call),
  );
}

/**
 * Runs an execution again from where it failed, and returns the id of the new one: nodes that succeeded are not run
 * again.
 *
 * @throws InvalidIdentifierError before the call (the server would recover an unrelated execution); NotFoundError
 *   when there is no execution; AlreadyExistsError when the name is taken
 */
export async function recoverExecution(
  connection: Connection,
  id: ExecutionIdInput,
  request: RecoverInput = {},
  options?: CallOptions,
): Promise<WorkflowExecutionIdentifier> {
  requireKnownOptions(request, recoverNames, "request", "an object such as { name }");
  const rerun = requireRerun(connection, id, request);
  const expected = expectedRerun(rerun, ExecutionMetadata_ExecutionMode.RECOVERED);
  return createExecutionOnce(connection, expected, options, (call) =>
    callUnary(connection, recoverExecutionMethod, rerun, call),
  );
}

function requireRerun(connection: Connection, id: ExecutionIdInput, request: RecoverInput): Rerun {
  const source = requireExecutionId(id, requireDefaults(connection));
  const { name } = request;
  return name === undefined
    ? { id: source }
    : { id: source, name: checkNewExecutionName(name, "name") };
}

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
 * Launches an execution as `launchExecution` does, waits for its end as `waitForExecution` does, and returns it as
 * it is then: `unwrapOutcome(outcomeOf(execution))` throws when it failed.
 *
 * `timeoutMs` limits the wait, which begins when the execution is created; the launch has the limit of the client.
 * An execution continues when the wait ends early.
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
