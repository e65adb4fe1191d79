import {
  type FlyteError,
  isCertificateFault,
  saysTooLarge,
  UnexpectedResponseError,
  unusableRequest,
} from "../../errors/index.js";
import type { CallKind } from "../idempotency/index.js";

/**
 * Whether a call of this kind may succeed, and does no harm, when it is sent again after this failure.
 *
 * FlyteAdmin answers UNKNOWN and INTERNAL both to client mistakes and to troubles of its database
 * that pass; its words tell which. Only reads are sent again after these: a write may have been
 * half done. RESOURCE_EXHAUSTED is a size limit by FlyteAdmin, and a rate limit by proxies.
 */
export function isTransient(error: FlyteError, kind: CallKind): boolean {
  if (kind === "unnamedCreate" || error.attempts === 0) return false;
  const words = error.serverMessage;
  switch (error.code) {
    case "UNAVAILABLE":
      return !isCertificateFault(error);
    case "ABORTED":
      return true;
    case "DEADLINE_EXCEEDED":
      // Without words it is this client's own limit.
      return words !== undefined;
    case "CANCELLED":
      return words !== undefined && kind === "read";
    case "RESOURCE_EXHAUSTED":
      return !saysTooLarge(words ?? error.message);
    case "INTERNAL":
      // Without words the answer came and could not be read.
      return words === undefined || (kind === "read" && !isOwnFault(words));
    case "UNKNOWN":
      return words !== undefined && kind === "read" && !isOwnFault(words) && !isPage(error);
    default:
      return false;
  }
}

function isOwnFault(words: string): boolean {
  return unusableRequest.test(words);
}

/** A login page, for example, which comes again. */
function isPage(error: FlyteError): boolean {
  return error instanceof UnexpectedResponseError;
}
