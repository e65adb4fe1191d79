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
import { callUnary, createIdempotently } from "../../calls/index.js";
import {
  getExecutionDataMethod,
  getExecutionMethod,
} from "../../../gen/flyteidl/service/methods.js";
import type { FlyteError } from "../../errors/index.js";
import { ExecutionConflictError, UnexpectedResponseError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/call-options.js";
import { sameMessage } from "../../internal/same-message.js";
import type { LaunchMessage } from "./launch-request.js";

/** An execution that is about to be created, and how to recognize it. */
export interface ExpectedExecution {
  readonly project: string;
  readonly domain: string;
  /** Empty where the server is to make one. */
  readonly name: string;
  /** Whether an execution is one that the call would have made, apart from its inputs. */
  readonly matches: (execution: Execution) => boolean;
  /** The inputs that the call sends; `undefined` where they are those of another execution. */
  readonly inputs: LiteralMap | undefined;
}

/** Returns the execution that a launch creates. */
export function expectedLaunch(message: LaunchMessage): ExpectedExecution {
  const { project, domain, name, spec } = message;
  return {
    project,
    domain,
    name,
    matches: ({ spec: stored }) =>
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

/** Returns the execution that a relaunch or a recovery creates. */
export function expectedRerun(
  { id: source, name = "" }: Rerun,
  mode: ExecutionMetadata_ExecutionMode,
): ExpectedExecution {
  return {
    project: source.project,
    domain: source.domain,
    name,
    matches: ({ spec }) => {
      const reference = spec?.metadata?.referenceExecution;
      return (
        spec?.metadata?.mode === mode && reference !== undefined && sameMessage(reference, source)
      );
    },
    inputs: undefined,
  };
}

/**
 * Creates an execution and returns its id. Where the response was lost, an execution of the same
 * name is taken for the new one if it agrees with the request and is no older than the call.
 *
 * @throws ExecutionConflictError when another execution has the name
 */
export async function createExecutionOnce(
  connection: Connection,
  expected: ExpectedExecution,
  options: CallOptions | undefined,
  create: (options: CallOptions | undefined) => Promise<ExecutionCreateResponse>,
): Promise<WorkflowExecutionIdentifier> {
  const startedAt = Date.now();
  const createAndReadId = async (call: CallOptions | undefined) =>
    requireCreatedId(await create(call));
  // Without a name of the caller's there is nothing to look for.
  if (expected.name === "") return createAndReadId(options);
  const find = async (error: FlyteError, call: CallOptions) => {
    const found = await findByName(connection, expected, call);
    if (found?.id === undefined) return undefined;
    if (!expected.matches(found) || isOlderThan(startedAt, found)) throw conflict(found.id, error);
    const inputs = await storedInputs(connection, expected, found.id, call);
    if (inputs === undefined) return undefined;
    if (hasInputs(inputs, expected.inputs)) return found.id;
    throw conflict(found.id, error);
  };
  return createIdempotently({ create: createAndReadId, find }, options);
}

/** `undefined` when there is none, as with ALREADY_EXISTS for a launch plan's concurrency limit, or when the server does not answer. */
async function findByName(
  connection: Connection,
  { project, domain, name }: ExpectedExecution,
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
  { inputs }: ExpectedExecution,
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

function isOlderThan(startedAt: number, { closure }: Execution): boolean {
  const createdAt = closure?.createdAt;
  return createdAt !== undefined && timestampMs(createdAt) < startedAt - clockSkewMs;
}

function conflict(
  executionId: WorkflowExecutionIdentifier,
  error: FlyteError,
): ExecutionConflictError {
  const { project, domain, name } = executionId;
  const { rpc, attempts, requestId, serverMessage } = error;
  return new ExecutionConflictError(
    `The execution ${project}/${domain}/${name} exists, and this call did not create it: it launches something else, has other inputs, labels or annotations, or is older than this call. Choose another name, or use that execution.`,
    { executionId, rpc, attempts, requestId, serverMessage, cause: error },
  );
}

function requireCreatedId(reply: ExecutionCreateResponse): WorkflowExecutionIdentifier {
  if (reply.id !== undefined) return reply.id;
  throw new UnexpectedResponseError(
    "CreateExecution returned no id, although it created an execution. List the latest executions to find it.",
    { status: 200, contentType: "" },
  );
}
