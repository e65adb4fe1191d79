import {
  certificateTexts,
  failedDatabaseOperation,
  noActiveLaunchPlan,
  saysTooLarge,
  unknownHost,
  unknownPath,
  unknownSignInService,
} from "./recognized-texts.js";
import type { StatusCode } from "./status-code.js";

const remedyByCode: Readonly<Record<StatusCode, string>> = {
  CANCELLED: "The call was ended before an answer came; nothing is wrong with the server.",
  UNKNOWN:
    "Look into the server's log; if it says that a database operation failed, check the filter's values.",
  INVALID_ARGUMENT: "Change the request: sent again unchanged it fails again.",
  DEADLINE_EXCEEDED: "Raise timeoutMs or ask for less at once.",
  NOT_FOUND: "Check each part of the identifier.",
  ALREADY_EXISTS: "Choose another name or version, or take what exists.",
  PERMISSION_DENIED:
    "Ask for access: a proxy or plugin in front of FlyteAdmin refused, as FlyteAdmin itself never does.",
  RESOURCE_EXHAUSTED: "Ask for less at once, with a smaller pageSize, or less often.",
  FAILED_PRECONDITION: "Read the row's present state and decide again.",
  ABORTED: "Try again.",
  OUT_OF_RANGE: "Change the request: sent again unchanged it fails again.",
  UNIMPLEMENTED:
    "Check that baseUrl is FlyteAdmin's own address and that the server is new enough for this call.",
  INTERNAL: "Look into the server's log; a read may be tried again.",
  UNAVAILABLE: "Check the address and that the server runs, then try again.",
  DATA_LOSS: "Look into the server's log.",
  UNAUTHENTICATED:
    "Sign in, or send a token that is valid and has the scopes that the server asks for.",
};

/** Returns the remedy for a failure, in a sentence or two. */
export function remedyFor(code: StatusCode, words: string): string {
  if (code === "NOT_FOUND" && words === unknownPath) {
    return "This is the gateway's answer to a path that it does not know, not a missing row: check baseUrl, and leave /api/v1 off it.";
  }
  if (code === "NOT_FOUND" && words.startsWith(noActiveLaunchPlan)) {
    return "Activate a version with launchPlans.activate, or name a version.";
  }
  if (code === "CANCELLED" && words === "the client was closed") {
    return "Create another client: a closed one makes no more calls.";
  }
  if (code === "DEADLINE_EXCEEDED" && words.startsWith("the caller's signal timed out")) {
    return "Give the signal more time or ask for less at once.";
  }
  if (code === "UNIMPLEMENTED" && unknownSignInService.test(words)) {
    return "This server runs without sign-in, so there is nothing to ask.";
  }
  if (code === "RESOURCE_EXHAUSTED" && saysTooLarge(words)) {
    return "It is a size limit, not a rate limit: use a smaller pageSize, or raise the limit (readMaxBytes here, maxMessageSizeBytes on the server).";
  }
  if (code === "UNKNOWN" && words.startsWith(failedDatabaseOperation)) {
    return "The database could not run this filter, sort or value: compare the value with the column's kind.";
  }
  if (code === "UNAVAILABLE" && words.endsWith(" is not TLS")) {
    return "Begin the address with http://, or set insecure: true in connect or its configuration, or give the port that has TLS.";
  }
  if (code === "UNAVAILABLE" && words.endsWith(" is not HTTP/2")) {
    return "Give FlyteAdmin's gRPC port (8089, where REST is at 8088), with https:// where it has TLS; or speak REST, with new AdminClient({ baseUrl }).";
  }
  if (code === "UNAVAILABLE" && words.endsWith(" is not HTTP/1.1")) {
    return "Give FlyteAdmin's HTTP port (8088, where gRPC is at 8089), with https:// where it has TLS; or speak gRPC, with the /node entry point.";
  }
  if (code === "UNAVAILABLE" && /\banswered 429\b/.test(words)) {
    return "A proxy in front of FlyteAdmin limits the rate of calls: wait, and call less often.";
  }
  if (code === "UNAVAILABLE" && certificateTexts.test(words)) {
    return "Give the client the certificate authority of the server, and check that the address and http or https are right.";
  }
  if (code === "UNAVAILABLE" && unknownHost.test(words)) {
    return "The host's name is not known: check the spelling of the address, the network and the VPN.";
  }
  return remedyByCode[code];
}
