import type { WorkflowExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { FlyteError, type FlyteErrorOptions } from "./flyte-error.js";
import type { StatusCode } from "./status-code.js";

/** The row does not exist. Lists do not throw it: a list over an unknown project or execution is empty. Code `NOT_FOUND`. */
export class NotFoundError extends FlyteError {
  static override get errorName(): string {
    return "NotFoundError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "NOT_FOUND" });
  }
}

/** A row with this key exists. For tasks, workflows and launch plans it means identical content, so a registration may count it as success. Code `ALREADY_EXISTS`. */
export class AlreadyExistsError extends FlyteError {
  static override get errorName(): string {
    return "AlreadyExistsError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "ALREADY_EXISTS" });
  }
}

/** The request is wrong. FlyteAdmin also answers so when a task, workflow or launch plan is registered again with other content. Code `INVALID_ARGUMENT`. */
export class InvalidArgumentError extends FlyteError {
  static override get errorName(): string {
    return "InvalidArgumentError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "INVALID_ARGUMENT" });
  }
}

/** The server refused the token, or none was sent. A missing scope is reported this way too. Code `UNAUTHENTICATED`. */
export class UnauthenticatedError extends FlyteError {
  static override get errorName(): string {
    return "UnauthenticatedError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "UNAUTHENTICATED" });
  }
}

/** Access is refused. FlyteAdmin itself never answers so; proxies and plugins before it do. Code `PERMISSION_DENIED`. */
export class PermissionDeniedError extends FlyteError {
  static override get errorName(): string {
    return "PermissionDeniedError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "PERMISSION_DENIED" });
  }
}

/** The row's state forbids the call, such as ending an execution that has ended. Code `FAILED_PRECONDITION`. */
export class FailedPreconditionError extends FlyteError {
  static override get errorName(): string {
    return "FailedPreconditionError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "FAILED_PRECONDITION" });
  }
}

/** Time ran out, on the client or on the server. A write may have taken place. Code `DEADLINE_EXCEEDED`. */
export class DeadlineExceededError extends FlyteError {
  static override get errorName(): string {
    return "DeadlineExceededError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "DEADLINE_EXCEEDED" });
  }
}

/** The caller's signal ended the call. `cause` is the signal's reason. Code `CANCELLED`. */
export class CanceledError extends FlyteError {
  static override get errorName(): string {
    return "CanceledError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "CANCELLED" });
  }
}

/** The server could not be reached, or said that it is not available. Code `UNAVAILABLE`. */
export class ConnectionError extends FlyteError {
  static override get errorName(): string {
    return "ConnectionError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "UNAVAILABLE" });
  }
}

/** Something is too large or too much: FlyteAdmin answers so for message sizes, proxies for rates. Code `RESOURCE_EXHAUSTED`. */
export class ResourceExhaustedError extends FlyteError {
  static override get errorName(): string {
    return "ResourceExhaustedError";
  }

  constructor(message: string, options?: FlyteErrorOptions) {
    super(message, { ...options, code: options?.code ?? "RESOURCE_EXHAUSTED" });
  }
}

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

/** A filter or a sort that the server's grammar cannot carry. Found before any I/O. */
export class InvalidFilterError extends InvalidArgumentError {
  static override get errorName(): string {
    return "InvalidFilterError";
  }

  /** The filter field, such as `"phase"`. */
  readonly field: string;

  constructor(message: string, options: FlyteErrorOptions & { readonly field: string }) {
    super(message, options);
    this.field = options.field;
  }
}

/** An identifier with a part that is missing, empty or malformed. Found before any I/O: for an empty part the server would answer with another row. */
export class InvalidIdentifierError extends InvalidArgumentError {
  static override get errorName(): string {
    return "InvalidIdentifierError";
  }

  /** The path of the invalid part, such as `"nodeExecutionId.executionId.project"`. */
  readonly path: string;

  constructor(message: string, options: FlyteErrorOptions & { readonly path: string }) {
    super(message, options);
    this.path = options.path;
  }
}

/** An option of the client or of a call that is invalid. Found before any I/O. */
export class InvalidOptionError extends InvalidArgumentError {
  static override get errorName(): string {
    return "InvalidOptionError";
  }

  /** The option's name, such as `"baseUrl"`. */
  readonly option: string;

  constructor(message: string, options: FlyteErrorOptions & { readonly option: string }) {
    super(message, options);
    this.option = options.option;
  }
}

type ErrorClass = new (message: string, options?: FlyteErrorOptions) => FlyteError;

/** The class for each code. `FlyteError` itself where callers do not branch. */
export const classByCode: Readonly<Record<StatusCode, ErrorClass>> = {
  CANCELLED: CanceledError,
  UNKNOWN: FlyteError,
  INVALID_ARGUMENT: InvalidArgumentError,
  DEADLINE_EXCEEDED: DeadlineExceededError,
  NOT_FOUND: NotFoundError,
  ALREADY_EXISTS: AlreadyExistsError,
  PERMISSION_DENIED: PermissionDeniedError,
  RESOURCE_EXHAUSTED: ResourceExhaustedError,
  FAILED_PRECONDITION: FailedPreconditionError,
  ABORTED: FlyteError,
  OUT_OF_RANGE: FlyteError,
  UNIMPLEMENTED: FlyteError,
  INTERNAL: FlyteError,
  UNAVAILABLE: ConnectionError,
  DATA_LOSS: FlyteError,
  UNAUTHENTICATED: UnauthenticatedError,
};
