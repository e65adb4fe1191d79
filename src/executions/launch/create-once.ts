import { timestampMs } from "@bufbuild/protobuf/wkt";

import type { ExecutionMetadata_ExecutionMode } from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  type Execution,
  type ExecutionCreateResponse,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import { callUnary, leftOf, mayBeDone } from "../../calls/index.js";
import { getExecutionMethod } from "../../../gen/flyteidl/service/methods.js";
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
  /** Whether an execution is one that the call would have made. */
  readonly isLike: (execution: Execution) => boolean;
}

/** What a launch is to make. */
export function launchedExecution(message: LaunchMessage): NewExecution {
  const { project, domain, name, spec } = message;
  return {
    project,
    domain,
    name,
    isLike: ({ spec: stored }) =>
      stored?.launchPlan !== undefined && sameMessage(stored.launchPlan, spec.launchPlan),
  };
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
    if (wanted.isLike(found) && isFrom(startedAt, found)) return found.id;
    if (error.code !== "ALREADY_EXISTS") throw error;
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
    `The execution ${project}/${domain}/${name} is another one: it launches something else, or it is older than this call. Choose another name, or take that execution.`,
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
