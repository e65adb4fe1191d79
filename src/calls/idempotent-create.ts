import { type ContextKey, type ContextValues, createContextValues } from "@connectrpc/connect";
import { type FlyteError, isFlyteError } from "../errors/index.js";
import { type CallOptions, withContextValue } from "../internal/index.js";

/** A create under a name of the caller's, and how to find what it created. */
interface IdempotentCreate<T> {
  /** Makes the create call. */
  readonly create: (options: CallOptions | undefined) => Promise<T>;
  /**
   * Looks for what the call created, with the time that is left of the call's limit.
   *
   * @param error - the failure of the create
   */
  readonly find: (error: FlyteError, options: CallOptions) => Promise<Finding<T>>;
}

/** The outcome of looking for what a call created whose response was lost. */
export type Finding<T> =
  | { readonly kind: "found"; readonly value: T }
  /** There is nothing under the name. */
  | { readonly kind: "absent" }
  /** The server could not be asked. */
  | { readonly kind: "unknown" }
  /** Somebody else's thing has the name, or it cannot be determined whose it is. */
  | { readonly kind: "fail"; readonly error: FlyteError };

/**
 * Creates something under a name of the caller's. Where the response was lost, so that the call
 * may have created it all the same, looks for it by its name: before the request is sent again,
 * and when it is not.
 *
 * @throws the error of the create where nothing is found, and that of a finding
 */
export async function createIdempotently<T>(
  { create, find }: IdempotentCreate<T>,
  options: CallOptions | undefined,
): Promise<T> {
  const startedAt = Date.now();
  const { headers } = options ?? {};
  const findings: Finding<T>[] = [];
  const look = async (lost: FlyteError, call: CallOptions): Promise<Finding<T>> => {
    const finding = await find(lost, { ...(headers && { headers }), ...call });
    findings.push(finding);
    return finding;
  };
  const contextValues = withResendCheck(
    async (lost, call) => decisionOf(await look(lost, call)),
    options?.contextValues,
  );
  try {
    const created = await create({ ...options, contextValues });
    const finding = findings.at(-1);
    return finding?.kind === "found" ? finding.value : created;
  } catch (error) {
    const before = findings.at(-1);
    if (before?.kind === "found") return before.value;
    if (before?.kind === "fail" || !isFlyteError(error)) throw error;
    if (!mayHaveCreated(error, before !== undefined)) throw error;
    const finding = await look(error, remainingOptions(options, startedAt));
    if (finding.kind === "found") return finding.value;
    throw finding.kind === "fail" ? finding.error : error;
  }
}

function decisionOf(finding: Finding<unknown>): ResendDecision {
  switch (finding.kind) {
    case "found":
      return { kind: "done" };
    case "absent":
      return { kind: "send" };
    case "unknown":
      return { kind: "wait" };
    case "fail":
      return finding;
  }
}

/** Whether a create that failed may have created its thing all the same. */
function mayHaveCreated(
  { code, attempts, serverMessage }: FlyteError,
  isSentAgain: boolean,
): boolean {
  switch (code) {
    case "ALREADY_EXISTS":
      // It may be about an attempt whose response was lost; one that was refused, as for its token, took no name.
      return isSentAgain;
    case "UNAVAILABLE":
      return attempts > 0;
    case "DEADLINE_EXCEEDED":
      return serverMessage !== undefined;
    case "INTERNAL":
    case "UNKNOWN":
      return serverMessage === undefined && attempts > 0;
    default:
      return false;
  }
}

/** The error that ends a call, by when it began and the time that is left. */
function remainingOptions(
  { signal, timeoutMs }: CallOptions = {},
  startedAt: number,
): Pick<CallOptions, "signal" | "timeoutMs"> {
  const remainingMs =
    timeoutMs === undefined || timeoutMs <= 0
      ? timeoutMs
      : Math.max(1, timeoutMs - (Date.now() - startedAt));
  return {
    ...(signal && { signal }),
    ...(remainingMs !== undefined && { timeoutMs: remainingMs }),
  };
}

/** The recovery of a call whose response was lost. */
export type ResendDecision =
  /** Sends the request again. */
  | { readonly kind: "send" }
  /** An earlier attempt was carried out: the call ends with an empty response. */
  | { readonly kind: "done" }
  /** It is unknown for now: counts as one more attempt that failed as the last one did. */
  | { readonly kind: "wait" }
  | { readonly kind: "fail"; readonly error: FlyteError };

/**
 * Looks, before a request is sent again, whether an earlier attempt was carried out although its
 * response was lost. The options end its calls with the call that it is made for.
 */
type ResendCheck = (lost: FlyteError, options: CallOptions) => Promise<ResendDecision>;

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const key: ContextKey<ResendCheck | undefined> = {
  id: Symbol.for("flyte-admin-client.resend-check"),
  defaultValue: undefined,
};

/** Returns the context values of a call that is checked before it is sent again. The given ones are not changed. */
function withResendCheck(
  check: ResendCheck,
  values: ContextValues = createContextValues(),
): ContextValues {
  return withContextValue(values, key, check);
}

/** Returns the check of a call. */
export function resendCheckOf(values: ContextValues): ResendCheck | undefined {
  return values.get(key);
}
