import { timestampMs } from "@bufbuild/protobuf/wkt";

import type {
  Execution,
  ExecutionCreateResponse,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  ResourceType,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Literal, LiteralMap } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  getExecutionDataMethod,
  getExecutionMethod,
  getLaunchPlanMethod,
} from "../../../gen/flyteidl/service/methods.js";
import {
  callUnary,
  type Connection,
  createIdempotently,
  type Finding,
  withNote,
} from "../../calls/index.js";
import {
  ExecutionConflictError,
  type FlyteError,
  isFlyteError,
  UnexpectedResponseError,
} from "../../errors/index.js";
import { type CallOptions, sameMessage } from "../../internal/index.js";
import type { ExpectedExecution, LookUp } from "./expected-execution.js";

/**
 * Creates an execution and returns its id. Where the response was lost, the name is looked up before
 * the request is sent again: FlyteAdmin stores the inputs of a create under the name before it
 * refuses a name that is taken, and would overwrite those of the execution that has it.
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
  const find = (lost: FlyteError, call: CallOptions) =>
    findExpected(expected, startedAt, lost, (method, request) =>
      callUnary(connection, method, request, call),
    );
  return createIdempotently({ create: createAndReadId, find }, options);
}

/** Looks for the execution of a create whose response was lost, and compares it with what was sent. */
async function findExpected(
  expected: ExpectedExecution,
  startedAt: number,
  lost: FlyteError,
  lookUp: LookUp,
): Promise<Finding<WorkflowExecutionIdentifier>> {
  const { project, domain, name } = expected;
  try {
    const found = await lookUp(getExecutionMethod, { id: { project, domain, name } });
    // An empty response, which some proxies send.
    if (found.id === undefined) return { kind: "unknown" };
    const matches =
      !isOlderThan(startedAt, found) &&
      (await expected.matches(found, lookUp)) &&
      (await hasInputs(found, expected.inputs, lost, lookUp));
    if (matches === "unreadable") {
      return { kind: "fail", error: withNote(lost, undecided(found.id)) };
    }
    return matches
      ? { kind: "found", value: found.id }
      : { kind: "fail", error: conflict(found.id, lost) };
  } catch (error) {
    // As with ALREADY_EXISTS for a launch plan's concurrency limit.
    return { kind: isFlyteError(error, "NOT_FOUND") ? "absent" : "unknown" };
  }
}

/**
 * Whether an execution has the inputs that were sent, and for the rest those of its launch plan.
 * FlyteAdmin leaves out inputs that are too large for an answer, or that it cannot read.
 */
async function hasInputs(
  { id, spec }: Execution,
  sent: LiteralMap | undefined,
  lost: FlyteError,
  lookUp: LookUp,
): Promise<boolean | "unreadable"> {
  if (sent === undefined) return true;
  const { fullInputs, inputs } = await lookUp(getExecutionDataMethod, { id });
  const stored = fullInputs?.literals ?? {};
  const isLeftOut =
    Object.keys(stored).length === 0 &&
    (Object.keys(sent.literals).length > 0 || (inputs?.bytes ?? 0n) > 0n);
  // The name was free when it was looked up, and a create that is refused has stored its inputs.
  if (isLeftOut) return lost.code === "ALREADY_EXISTS" || "unreadable";
  const isStored = ([name, literal]: [string, Literal]): boolean =>
    isSameLiteral(stored[name], literal);
  if (!Object.entries(sent.literals).every(isStored)) return false;
  const added = Object.entries(stored).filter(([name]) => !Object.hasOwn(sent.literals, name));
  if (added.length === 0) return true;
  if (spec?.launchPlan?.resourceType !== ResourceType.LAUNCH_PLAN) return false;
  const plan = await lookUp(getLaunchPlanMethod, { id: spec.launchPlan });
  return added.every(([name, literal]) => {
    const { behavior } = plan.closure?.expectedInputs?.parameters[name] ?? {};
    const value =
      behavior?.case === "default" ? behavior.value : plan.spec?.fixedInputs?.literals[name];
    return isSameLiteral(value, literal);
  });
}

function isSameLiteral(stored: Literal | undefined, literal: Literal): boolean {
  return stored !== undefined && sameMessage(stored, literal);
}

/** The time by which the server's clock may be behind this one. */
const clockSkewMs = 600_000;

/** Whether an execution was there before the call. */
function isOlderThan(startedAt: number, { closure }: Execution): boolean {
  const createdAt = closure?.createdAt;
  return createdAt !== undefined && timestampMs(createdAt) < startedAt - clockSkewMs;
}

function conflict(
  executionId: WorkflowExecutionIdentifier,
  error: FlyteError,
): ExecutionConflictError {
  const { rpc, attempts, requestId, serverMessage } = error;
  return new ExecutionConflictError(
    `The execution ${idText(executionId)} is another one: it launches something else, has other inputs, labels or annotations, or is older than this call. Choose another name, or use that execution.`,
    { executionId, rpc, attempts, requestId, serverMessage, cause: error },
  );
}

function undecided(executionId: WorkflowExecutionIdentifier): string {
  return `The execution ${idText(executionId)} exists, and may be the one that this call launched: its inputs cannot be compared, as the server does not return them (they may be too large). It was not launched again. Read the execution by its name.`;
}

function idText({ project, domain, name }: WorkflowExecutionIdentifier): string {
  return `${project}/${domain}/${name}`;
}

function requireCreatedId(reply: ExecutionCreateResponse): WorkflowExecutionIdentifier {
  if (reply.id !== undefined) return reply.id;
  throw new UnexpectedResponseError(
    "The server created an execution and did not return its id. List the latest executions to find it.",
    { status: 200, contentType: "", attempts: 1 },
  );
}
