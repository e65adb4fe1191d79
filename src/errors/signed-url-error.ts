import { FlyteError, setFields, type FlyteErrorOptions } from "./flyte-error.js";
import type { StatusCode } from "./status-code.js";

/**
 * The reason why an object could not be downloaded or uploaded by a signed URL:
 * - `unsigned`: there is no signed URL (empty, or a storage URI such as `s3://`);
 * - `expired`: the URL was valid once; the call that returned it returns a new one;
 * - `denied`: the storage refuses the signature or the signer;
 * - `missing`, `missingBucket`: the object or the bucket does not exist;
 * - `changed`: the object was replaced while it was being read;
 * - `truncated`: the object ended early, or stalled, at every try;
 * - `corrupt`: the bytes are not those that the length or the MD5 promise;
 * - `tooLarge`: more bytes than the caller allows;
 * - `redirected`: the storage sends the caller to a place that is not safe;
 * - `certificate`: the storage's certificate is not trusted, or both sides agree on no TLS settings;
 * - `unreachable`: there was no answer;
 * - `unavailable`: the storage answered 429 or 5xx at every try;
 * - `rejected`: any other answer.
 */
export type SignedUrlReason =
  | "unsigned"
  | "expired"
  | "denied"
  | "missing"
  | "missingBucket"
  | "changed"
  | "truncated"
  | "corrupt"
  | "tooLarge"
  | "redirected"
  | "certificate"
  | "unreachable"
  | "unavailable"
  | "rejected";

const codes: Readonly<Record<SignedUrlReason, StatusCode>> = {
  unsigned: "FAILED_PRECONDITION",
  expired: "PERMISSION_DENIED",
  denied: "PERMISSION_DENIED",
  missing: "NOT_FOUND",
  missingBucket: "NOT_FOUND",
  changed: "ABORTED",
  truncated: "DATA_LOSS",
  corrupt: "DATA_LOSS",
  tooLarge: "RESOURCE_EXHAUSTED",
  redirected: "FAILED_PRECONDITION",
  certificate: "UNAVAILABLE",
  unreachable: "UNAVAILABLE",
  unavailable: "UNAVAILABLE",
  rejected: "UNKNOWN",
};

/** The parts of a {@link SignedUrlError}. */
export interface SignedUrlErrorOptions extends FlyteErrorOptions {
  /** The reason of the failure. */
  readonly reason: SignedUrlReason;
  readonly status?: number | undefined;
  readonly bytes?: number | undefined;
}

/**
 * A signed URL did not give, or take, an object, for the `reason` that it
 * names. `code` follows from the reason. The URL's query is never part of it.
 */
export class SignedUrlError extends FlyteError {
  static override get errorName(): string {
    return "SignedUrlError";
  }

  /** The reason of the failure. */
  readonly reason: SignedUrlReason;
  /** The HTTP status of the object store. `undefined` when it sent none. */
  declare readonly status: number | undefined;
  /** The size of the object in bytes, where it is too large and its length is known. */
  declare readonly bytes: number | undefined;

  constructor(message: string, options: SignedUrlErrorOptions) {
    super(message, { ...options, code: options.code ?? codes[options.reason] });
    this.reason = options.reason;
    setFields<SignedUrlError>(this, { status: options.status, bytes: options.bytes });
  }
}
