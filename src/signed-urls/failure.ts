import { SignedUrlError, type StatusCode } from "../errors/index.js";

/**
 * Why a signed URL did not give, or take, an object:
 * - `unsigned`: there is no signed URL (empty, or a storage URI such as `s3://`);
 * - `expired`: the URL was good once; the call that gave it gives a new one;
 * - `denied`: the storage refuses the signature or the signer;
 * - `missing`, `missingBucket`: there is no such object, or no such bucket;
 * - `changed`: the object was replaced while it was being read;
 * - `truncated`: the object ended early, or stalled, at every try;
 * - `corrupt`: the bytes are not those that the length or the MD5 promise;
 * - `tooLarge`: more bytes than the caller allows;
 * - `redirected`: the storage sends the caller to a place that is not safe;
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
  unreachable: "UNAVAILABLE",
  unavailable: "UNAVAILABLE",
  rejected: "UNKNOWN",
};

/** A {@link SignedUrlError} with the reason for it. */
export type SignedUrlFailure = SignedUrlError & {
  readonly reason: SignedUrlReason;
  /** How many bytes the object has, where it is too large and its length is known. */
  readonly bytes: number | undefined;
};

/**
 * Whether an error is one of {@link fetchSignedUrl} or of an upload and, where
 * a reason is given, has that reason.
 */
export function isSignedUrlFailure(
  error: unknown,
  reason?: SignedUrlReason,
): error is SignedUrlFailure {
  if (!(error instanceof SignedUrlError) || !("reason" in error)) return false;
  return reason === undefined || error.reason === reason;
}

interface SignedUrlFacts {
  readonly status?: number | undefined;
  readonly bytes?: number | undefined;
}

/** The one place that makes the errors of signed URLs. */
export function signedUrlFailure(
  reason: SignedUrlReason,
  message: string,
  facts: SignedUrlFacts = {},
): SignedUrlFailure {
  return new ReasonedError(reason, message, facts);
}

class ReasonedError extends SignedUrlError {
  readonly reason: SignedUrlReason;
  readonly bytes: number | undefined;

  constructor(reason: SignedUrlReason, message: string, facts: SignedUrlFacts) {
    super(message, { code: codes[reason], status: facts.status });
    this.reason = reason;
    this.bytes = facts.bytes;
  }
}
