import { FlyteError, setFields, type FlyteErrorOptions } from "./flyte-error.js";

/**
 * An answer that is not FlyteAdmin's: a login page, a redirect, the console's
 * HTML, bytes that do not decode. The text names what came and the usual causes.
 */
export class UnexpectedResponseError extends FlyteError {
  static override get errorName(): string {
    return "UnexpectedResponseError";
  }

  /** The HTTP status. 0 when a browser hides it, as it does for redirects. */
  readonly status: number;
  /** The response's content type as it came, or `undefined` when it named none. */
  declare readonly contentType: string | undefined;

  constructor(
    message: string,
    options: FlyteErrorOptions & {
      readonly status: number;
      readonly contentType: string | undefined;
    },
  ) {
    super(message, options);
    this.status = options.status;
    setFields<UnexpectedResponseError>(this, { contentType: options.contentType });
  }
}

/** A call that this wire cannot carry while another one can. Found before any I/O. Code `UNIMPLEMENTED`. */
export class UnsupportedByTransportError extends FlyteError {
  static override get errorName(): string {
    return "UnsupportedByTransportError";
  }

  /** The wire that cannot, such as `"REST"`. */
  readonly transport: string;
  /** The reason why it cannot. */
  readonly reason: string;
  /** The alternative, such as the wire that carries the call. */
  readonly alternative: string;

  constructor(
    message: string,
    options: FlyteErrorOptions & {
      readonly transport: string;
      readonly reason: string;
      readonly alternative: string;
    },
  ) {
    super(message, { ...options, code: options.code ?? "UNIMPLEMENTED" });
    this.transport = options.transport;
    this.reason = options.reason;
    this.alternative = options.alternative;
  }
}
