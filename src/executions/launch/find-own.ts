import { create as createMessage } from "@bufbuild/protobuf";
import { timestampMs } from "@bufbuild/protobuf/wkt";

import {
  type Execution,
  type ExecutionCreateResponse,
  ExecutionCreateResponseSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  ResourceType,
  type WorkflowExecutionIdentifier,
  WorkflowExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Literal, LiteralMap } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  getExecutionDataMethod,
  getExecutionMethod,
  getLaunchPlanMethod,
} from "../../../gen/flyteidl/service/methods.js";
import { type ResendDecision, withNote } from "../../calls/index.js";
import { ExecutionConflictError, type FlyteError, isFlyteError } from "../../errors/index.js";
import { sameMessage } from "../../internal/same-message.js";
import type { LookUp, NewExecution } from "./new-execution.js";

/** What looking for the execution of a lost answer came to. */
export type Finding = Exclude<ResendDecision, { readonly kind: "done" }> | Own;

interface Own {
  readonly kind: "done";
  readonly message: ExecutionCreateResponse;
}

/** Looks for the execution of a create whose answer was lost, and compares it with what was sent. */
export async function findOwn(
  wanted: NewExecution,
  startedAt: number,
  lost: FlyteError,
  lookUp: LookUp,
): Promise<Finding> {
  const { project, domain, name } = wanted;
  const id = { project, domain, name };
  try {
    const found = await lookUp(getExecutionMethod, { id });
    // An answer of no bytes, which some proxies send.
    if (found.id === undefined) return { kind: "wait" };
    const isOwn =
      isFrom(startedAt, found) &&
      (await wanted.isLike(found, lookUp)) &&
      (await hasInputs(found, wanted.inputs, lost, lookUp));
    const executionId = createMessage(WorkflowExecutionIdentifierSchema, id);
    if (isOwn === "unreadable") {
      return { kind: "fail", error: withNote(lost, undecided(executionId)) };
    }
    if (!isOwn) return { kind: "fail", error: conflict(executionId, lost) };
    return {
      kind: "done",
      message: createMessage(ExecutionCreateResponseSchema, { id: executionId }),
    };
  } catch (error) {
    // As with ALREADY_EXISTS for a launch plan's concurrency limit.
    return { kind: isFlyteError(error, "NOT_FOUND") ? "send" : "wait" };
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
