import type { WorkflowExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { FlyteErrorOptions } from "./flyte-error.js";
import { AlreadyExistsError } from "./status-errors.js";

/**
 * The name of a new execution is taken by another one: the answer to an attempt was lost, and the
 * execution with the name launches something else, has other inputs, labels or annotations, or is
 * older than the call. Code `ALREADY_EXISTS`.
 */
export class ExecutionConflictError extends AlreadyExistsError {
  static override get errorName(): string {
    return "ExecutionConflictError";
  }

  /** The execution that has the name. */
  readonly executionId: WorkflowExecutionIdentifier;

  constructor(
    message: string,
    options: FlyteErrorOptions & { readonly executionId: WorkflowExecutionIdentifier },
  ) {
    super(message, options);
    this.executionId = options.executionId;
  }
}
