import type { JsonValue } from "@bufbuild/protobuf";

import { toPlain } from "./plain-data.js";
import { redactText } from "./redact-text.js";
import { safeCause } from "./remove-secrets.js";
import type { StatusCode } from "./status-code.js";

// The global registry of symbols is one for all copies and all realms.
const key = "flyte-admin-client.error-kinds";

/** Writes onto an error the names of its class and of the classes above it. */
function markKinds(error: object, errorClass: unknown): void {
  const kinds: string[] = [];
  for (let each = errorClass; typeof each === "function"; each = Object.getPrototypeOf(each)) {
    const name: unknown = Object.hasOwn(each, "errorName")
      ? Reflect.get(each, "errorName")
      : undefined;
    if (typeof name === "string") kinds.push(name);
  }
  Object.defineProperty(error, Symbol.for(key), { value: kinds });
}

/** The names that {@link markKinds} wrote, by whichever copy of this package. Empty for anything else. */
function kindsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const kinds: unknown = Reflect.get(value, Symbol.for(key));
  return Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === "string") : [];
}

/**
 * A detail that the server attached to an error, as it came. `readErrorDetails` decodes those that FlyteAdmin sends.
 * The server drops details when the error's text is longer than 32,000 bytes.
 */
export interface ErrorDetail {
  /** The type as the server named it, such as `type.googleapis.com/flyteidl.admin.InactiveProject`. */
  readonly typeUrl: string;
  /** The encoded message. Empty where the error came as JSON. */
  readonly value: Uint8Array;
  /** The message as JSON, where the error came as such. */
  readonly json?: JsonValue | undefined;
}

/** The parts of a failure besides its text. */
export interface FlyteErrorOptions {
  /** The status code, such as `"NOT_FOUND"`. */
  readonly code?: StatusCode | undefined;
  /** The name of the RPC. */
  readonly rpc?: string | undefined;
  /** The request's id in the server's log. */
  readonly requestId?: string | undefined;
  /** The number of times that the call was made. */
  readonly attempts?: number | undefined;
  /** The details that the server sent. */
  readonly details?: readonly ErrorDetail[] | undefined;
  /** The server's own message. */
  readonly serverMessage?: string | undefined;
  /** The wait that the server asked for, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The underlying failure. */
  readonly cause?: unknown;
}

/**
 * Any failure of a call, on every wire. `instanceof` holds across copies of this
 * package (ESM and CJS) and across realms. No credential and no query of a signed
 * URL is in its text, its `cause`, its `util.inspect` or its JSON.
 */
export class FlyteError extends Error {
  /** The class's name, which survives minifiers. */
  // A static field would be a side effect of loading the module, and bundlers would keep the class.
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style
  static get errorName(): string {
    return "FlyteError";
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass of the user's own has no name of ours: the prototype chain decides.
    if (!Object.hasOwn(this, "errorName"))
      return Function.prototype[Symbol.hasInstance].call(this, value);
    return kindsOf(value).includes(this.errorName);
  }

  /** The gRPC status code. Errors that are found before any I/O have the code that the server would give. */
  readonly code: StatusCode;
  /** The RPC that failed, such as `"ListTaskExecutions"`. */
  declare readonly rpc: string | undefined;
  /** The request's id (`x-request-id`): what the server or a proxy sent back, else what was sent. */
  declare readonly requestId: string | undefined;
  /** The number of times that the request was sent. 0 when it never left the client. */
  readonly attempts: number;
  /** The details that the server attached; `readErrorDetails` decodes them. */
  readonly details: readonly ErrorDetail[];
  /** The server's own words alone. `undefined` when the failure is not the server's answer. */
  declare readonly serverMessage: string | undefined;
  /** The wait that the server or a proxy asked for (`retry-after`, `grpc-retry-pushback-ms`), in milliseconds. */
  declare readonly retryAfterMs: number | undefined;

  constructor(message: string, options: FlyteErrorOptions = {}) {
    super(
      redactText(message),
      options.cause === undefined ? {} : { cause: safeCause(options.cause) },
    );
    this.code = options.code ?? "UNKNOWN";
    setFields<FlyteError>(this, { rpc: options.rpc, requestId: options.requestId });
    this.attempts = options.attempts ?? 0;
    this.details = options.details ?? [];
    if (this.details.length === 0) Object.defineProperty(this, "details", { enumerable: false });
    setFields<FlyteError>(this, {
      serverMessage:
        options.serverMessage === undefined ? undefined : redactText(options.serverMessage),
      retryAfterMs: options.retryAfterMs,
    });
    markKinds(this, this.constructor);
  }

  /** The name of the class, which survives minification. */
  override get name(): string {
    const name: unknown = Reflect.get(this.constructor, "errorName");
    return typeof name === "string" ? name : "FlyteError";
  }

  /** Returns the value for `JSON.stringify`: plain data, with 64-bit integers as text and bytes as base64. */
  toJSON(): Readonly<Record<string, unknown>> {
    return {
      name: this.name,
      message: this.message,
      ...Object.fromEntries(Object.entries(this).map(([name, value]) => [name, toPlain(value)])),
    };
  }
}

/** Sets fields of an error. Those without a value are not enumerable: they do not show where it is printed. */
export function setFields<E extends FlyteError>(
  error: E,
  fields: { readonly [Name in keyof E]?: E[Name] | undefined },
): void {
  for (const [name, value] of Object.entries(fields)) {
    const enumerable = value !== undefined;
    if (!enumerable && Object.hasOwn(error, name)) continue;
    Object.defineProperty(error, name, { value, enumerable, writable: true, configurable: true });
  }
}

/** Fills in what only the caller of the transport knows. An error that never left the client keeps its 0 attempts. */
export function addCallContext(
  error: FlyteError,
  context: {
    readonly rpc?: string | undefined;
    readonly attempts?: number | undefined;
    readonly requestId?: string | undefined;
  },
): FlyteError {
  setFields(error, {
    rpc: error.rpc ?? context.rpc,
    requestId: error.requestId ?? (error.attempts === 0 ? undefined : context.requestId),
    attempts: error.attempts === 0 ? 0 : (context.attempts ?? error.attempts),
  });
  return error;
}

/** Whether a caught value is a {@link FlyteError}, of this code if one is given, from whichever copy of this package. */
export function isFlyteError(error: unknown, code?: StatusCode): error is FlyteError {
  return error instanceof FlyteError && (code === undefined || error.code === code);
}

const statusByCode: Readonly<Record<StatusCode, number>> = {
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

/**
 * Returns the HTTP status that a handler of yours can answer with for an error: that of grpc-gateway for the
 * code of a `FlyteError`, and 500 for anything else.
 *
 * @example
 * ```ts
 * response.status(httpStatusOf(error)).json({ message: String(error) });
 * ```
 */
export function httpStatusOf(error: unknown): number {
  return isFlyteError(error) ? statusByCode[error.code] : 500;
}
