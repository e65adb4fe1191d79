import { ConnectionError, errorText, networkFaultOf } from "../errors/index.js";

/** The error for a server that could not be reached, or whose connection broke. Names host and port. */
export function connectionError(
  rpc: string,
  authority: string,
  cause: unknown,
  what: string = cannotReach,
): ConnectionError {
  const fault = networkFaultOf(cause);
  const reason = fault?.message ?? reasonIn(cause);
  // An answer that had begun passed every check of the browser.
  const isBroken = what !== cannotReach;
  const text =
    reason === undefined
      ? isBroken
        ? errorText(rpc, "UNAVAILABLE", `${what} ${authority}`, brokenOff)
        : errorText(rpc, "UNAVAILABLE", `${what} ${authority}: ${noReason}`, usualReasons)
      : errorText(rpc, "UNAVAILABLE", `${what} ${authority}: ${reason}`, fault?.remedy);
  return new ConnectionError(text, { rpc, attempts: 1, cause });
}

const cannotReach = "cannot reach";

/** Returns the reason that Node's `fetch` nests below its own "fetch failed", such as "bad port". */
function reasonIn(error: unknown): string | undefined {
  const inner = error instanceof Error ? error.cause : undefined;
  return inner instanceof Error && inner.message !== "" ? inner.message : undefined;
}

const brokenOff = "The server, a proxy or the network ended the connection; try again.";

// A page learns nothing about the reason, so the usual ones are named.
const noReason = "the request failed before an answer came";
const usualReasons =
  "In a browser that is an address that does not answer, a certificate, http from an https page, or a server whose CORS settings (security.allowedOrigins and allowedHeaders) do not allow this page and its headers; the browser's console says which.";
