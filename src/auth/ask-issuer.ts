import { ConnectionError, errorText } from "../errors/index.js";
import { withDeadline } from "../internal/cancellation/index.js";
import { isRecord } from "../internal/validation/index.js";
import { type Body, type FetchContext, fetchOnce, readBody } from "../transports/index.js";

/** The longest answer of an issuer that is read, in bytes. */
const maxBytes = 262_144;

/** Settings of requests to an issuer. */
export interface IssuerContext {
  readonly fetch: FetchContext["fetch"];
  /** The longest time of one request, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the request. Its reason is what the request then fails with. */
  readonly signal: AbortSignal;
}

/** An issuer's answer, of bounded size. */
export interface IssuerAnswer extends Body {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Makes one request to an issuer and reads the answer.
 *
 * @throws ConnectionError that names the issuer, when it cannot be reached or does not answer in time
 */
export async function askIssuer(
  { fetch, timeoutMs, signal }: IssuerContext,
  url: string,
  init: RequestInit,
): Promise<IssuerAnswer> {
  const authority = new URL(url).host;
  const request = async (ended: AbortSignal): Promise<IssuerAnswer> => {
    const response = await fetchOnce({ rpc: "SignIn", authority, fetch }, url, {
      ...init,
      signal: ended,
      credentials: "omit",
      cache: "no-store",
    });
    const { status, headers } = response;
    return { status, headers, ...(await readBody(response, maxBytes)) };
  };
  return withDeadline(
    {
      signals: [signal],
      timeoutMs,
      timeoutError: (limitMs) =>
        new ConnectionError(
          errorText(
            "SignIn",
            "UNAVAILABLE",
            `the issuer at ${authority} did not answer within ${limitMs} ms`,
            "Check that it runs and can be reached from here; the next call asks it again.",
          ),
          { rpc: "SignIn" },
        ),
    },
    request,
  );
}

/** Reads an answer as a JSON object. `undefined` for anything else, and for an answer that was cut. */
export function readJsonObject({
  bytes,
  cut,
}: Body): Readonly<Record<string, unknown>> | undefined {
  if (cut) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
