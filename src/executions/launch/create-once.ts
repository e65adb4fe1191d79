import { create as createMessage } from "@bufbuild/protobuf";
import { timestampMs } from "@bufbuild/protobuf/wkt";

import type { ExecutionMetadata_ExecutionMode } from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  type Execution,
  type ExecutionCreateResponse,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import { callUnary, leftOf, mayBeDone } from "../../calls/index.js";
import {
  getExecutionDataMethod,
  getExecutionMethod,
} from "../../../gen/flyteidl/service/methods.js";
import type { FlyteError } from "../../errors/index.js";
import {
  ExecutionConflictError,
  isFlyteError,
  UnexpectedResponseError,
} from "../../errors/index.js";
import type { CallOptions } from "../../internal/call-options.js";
import { sameMessage } from "../../internal/same-message.js";
import type { LaunchMessage } from "./launch.js";

/** An execution that is about to be created, and how to know it again. */
export interface NewExecution {
  readonly project: string;
  readonly domain: string;
  /** Empty where the server is to make one. */
  readonly name: string;
  /** Whether an execution is one that the call would have made, apart from its inputs. */
  readonly isLike: (execution: Execution) => boolean;
  /** The inputs that the call sends; `undefined` where they are those of another execution. */
  readonly inputs: LiteralMap | undefined;
}

/** What a launch is to make. */
export function launchedExecution(message: LaunchMessage): NewExecution {
  const { project, domain, name, spec } = message;
  return {
    project,
    domain,
    name,
    isLike: ({ spec: stored }) =>
      stored?.launchPlan !== undefined &&
      sameMessage(stored.launchPlan, spec.launchPlan) &&
      // The server adds those of the launch plan and the project.
      hasAll(stored.labels?.values, spec.labels?.values) &&
      hasAll(stored.annotations?.values, spec.annotations?.values),
    inputs: createMessage(LiteralMapSchema, message.inputs ?? {}),
  };
}

function hasAll(
  stored: Readonly<Record<string, string>> = {},
  sent: Readonly<Record<string, string>> = {},
): boolean {
  return Object.entries(sent).every(([name, value]) => stored[name] === value);
}

/** An execution that is to run again, and the name of the new one where it has one. */
export interface Rerun {
  readonly id: WorkflowExecutionIdentifier;
  readonly name?: string;
}

/** What a relaunch or a recovery is to make. */
export function rerunExecution(
  { id: source, name = "" }: Rerun,
  mode: ExecutionMetadata_ExecutionMode,
): NewExecution {
  return {
    project: source.project,
    domain: source.domain,
    name,
    isLike: ({ spec }) => {
      const reference = spec?.metadata?.referenceExecution;
      return (
        spec?.metadata?.mode === mode && reference !== undefined && sameMessage(reference, source)
      );
    },
    inputs: undefined,
  };
}

/**
 * Creates an execution, and gives its id. When the answer was lost, the execution is looked for
 * by its name.
 *
 * @throws ExecutionConflictError when another execution has the name.
 */
export async function createOnce(
  connection: Connection,
  wanted: NewExecution,
  options: CallOptions | undefined,
  create: (options: CallOptions | undefined) => Promise<ExecutionCreateResponse>,
): Promise<WorkflowExecutionIdentifier> {
  const startedAt = Date.now();
  try {
    return createdId(await create(options));
  } catch (error) {
    if (wanted.name === "" || !isFlyteError(error) || !mayBeDone(error)) throw error;
    const found = await lookUp(connection, wanted, leftOf(options, startedAt));
    if (found?.id === undefined) throw error;
    if (!wanted.isLike(found) || !isFrom(startedAt, found)) throw conflict(found.id, error);
    const stored = await storedInputs(connection, wanted, found.id, leftOf(options, startedAt));
    // Nobody knows whose it is.
    if (stored === undefined) throw error;
    if (hasInputs(stored, wanted.inputs)) return found.id;
    throw conflict(found.id, error);
  }
}

/** `undefined` when there is none, as with ALREADY_EXISTS for a launch plan's concurrency limit, and when nobody knows. */
async function lookUp(
  connection: Connection,
  { project, domain, name }: NewExecution,
  options: CallOptions,
): Promise<Execution | undefined> {
  try {
    const id = { project, domain, name };
    return await callUnary(connection, getExecutionMethod, { id }, options);
  } catch {
    return undefined;
  }
}

/** The inputs of an execution; `undefined` when they cannot be read, or are too large for the answer. */
async function storedInputs(
  connection: Connection,
  { inputs }: NewExecution,
  id: WorkflowExecutionIdentifier,
  options: CallOptions,
): Promise<LiteralMap | undefined> {
  if (inputs === undefined) return createMessage(LiteralMapSchema);
  try {
    const { fullInputs } = await callUnary(connection, getExecutionDataMethod, { id }, options);
    return fullInputs ?? createMessage(LiteralMapSchema);
  } catch {
    return undefined;
  }
}

/** Whether all inputs that were sent are among those that are stored, where the launch plan's defaults are too. */
function hasInputs({ literals }: LiteralMap, sent: LiteralMap | undefined): boolean {
  return Object.entries(sent?.literals ?? {}).every(([name, literal]) => {
    const stored = literals[name];
    return stored !== undefined && sameMessage(stored, literal);
  });
}

/** How far the server's clock may be behind this one. */
const clockSkewMs = 600_000;

/** Whether an execution is no older than the call. */
function isFrom(startedAt: number, { closure }: Execution): boolean {
  const createdAt = closure?.createdAt;
  return createdAt === undefined || timestampMs(createdAt) >= startedAt - clockSkewMs;
}

function conflict(
  executionId: WorkflowExecutionIdentifier,
  error: FlyteError,
): ExecutionConflictError {
  const { project, domain, name } = executionId;
  const { rpc, attempts, requestId, serverMessage } = error;
  return new ExecutionConflictError(
    `The execution ${project}/${domain}/${name} is another one: it launches something else, has other inputs, labels or annotations, or is older than this call. Choose another name, or take that execution.`,
    { executionId, rpc, attempts, requestId, serverMessage, cause: error },
  );
}

function createdId(reply: ExecutionCreateResponse): WorkflowExecutionIdentifier {
  if (reply.id !== undefined) return reply.id;
  throw new UnexpectedResponseError(
    "The server created an execution and did not say its id: list the latest executions to find it",
    { status: 200, contentType: "" },
  );
}
