import type { FlyteErrorOptions } from "./flyte-error.js";
import { InvalidArgumentError } from "./status-errors.js";

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

  /** Where the fault is, such as `"nodeExecutionId.executionId.project"`. */
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
