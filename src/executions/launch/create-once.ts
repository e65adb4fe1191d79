import type { CallOptions } from "@connectrpc/connect";

import type { ExecutionCreateResponse } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import { callUnary, leftOf, mayBeDone, withResendCheck, withRetry } from "../../calls/index.js";
import type { FlyteError } from "../../errors/index.js";
import { isFlyteError, UnexpectedResponseError } from "../../errors/index.js";
import { type Finding, findOwn } from "./find-own.js";
import type { LookUp, NewExecution } from "./new-execution.js";

/**
 * Creates an execution, and gives its id. A create with a name whose answer was lost is looked up by
 * the name before it is sent again: FlyteAdmin stores the inputs of a create under the name before
 * it refuses a name that is taken, and would overwrite those of the execution that has it.
 *
 * @throws ExecutionConflictError when another execution has the name.
 */
export async function createOnce(
  connection: Connection,
  wanted: NewExecution,
  options: CallOptions | undefined,
  create: (options: CallOptions | undefined) => Promise<ExecutionCreateResponse>,
): Promise<WorkflowExecutionIdentifier> {
  if (wanted.name === "") return createdId(await create(options));
  const startedAt = Date.now();
  let isDecided = false;
  let isLost = false;
  const check = async (lost: FlyteError, callOptions: CallOptions): Promise<Finding> => {
    const { headers } = options ?? {};
    const lookUp: LookUp = (method, request) =>
      callUnary(connection, method, request, { ...(headers && { headers }), ...callOptions });
    const finding = await findOwn(wanted, startedAt, lost, lookUp);
    isDecided = finding.kind === "fail";
    return finding;
  };
  const contextValues = withResendCheck(
    // A look-up that fails is repeated as the create itself would be, and as often.
    (lost, time) => {
      isLost = true;
      return check(lost, { ...time, contextValues: withRetry(false) });
    },
    options?.contextValues,
  );
  try {
    return createdId(await create({ ...options, contextValues }));
  } catch (error) {
    if (isDecided || !isFlyteError(error)) throw error;
    if (!mayBeDone(error) && !(error instanceof UnexpectedResponseError)) throw error;
    // An earlier attempt that was refused, as for its token, took no name.
    if (error.code === "ALREADY_EXISTS" && !isLost) throw error;
    const { signal, timeoutMs } = leftOf(options, startedAt);
    const time = { ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
    const finding = await check(error, time);
    if (finding.kind === "done") return createdId(finding.message);
    throw finding.kind === "fail" ? finding.error : error;
  }
}

function createdId(reply: ExecutionCreateResponse): WorkflowExecutionIdentifier {
  if (reply.id !== undefined) return reply.id;
  throw new UnexpectedResponseError(
    "The server created an execution and did not return its id. List the latest executions to find it.",
    { status: 200, contentType: "" },
  );
}
