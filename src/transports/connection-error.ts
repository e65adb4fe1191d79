import { ConnectionError, errorText } from "../errors/index.js";
import { networkFaultOf } from "../errors/network-fault.js";

/** The error for a server that could not be reached, or whose connection broke. Names host and port. */
export function connectionError(
  rpc: string,
  authority: string,
  cause: unknown,
  what = "cannot reach",
): ConnectionError {
  const fault = networkFaultOf(cause);
  const why = fault === undefined ? browserHint : fault.message;
  return new ConnectionError(errorText(rpc, "UNAVAILABLE", `${what} ${authority}: ${why}`), {
    rpc,
    attempts: 1,
    cause,
  });
}

// A page is told nothing about the reason, so the usual ones are named.
const browserHint =
  "the request failed before an answer came; in a browser that is an address that does not answer, a certificate, http from an https page, or a server whose CORS settings (security.allowedOrigins and allowedHeaders) do not allow this page and its headers";
