import type { StatusCode } from "../../../src/index.js";
import type { Fault, FaultEffect, RpcName } from "../../../src/testing.js";
import type { SeededRandom } from "./seeded-random.js";

const codes: readonly StatusCode[] = [
  "CANCELLED",
  "UNKNOWN",
  "DEADLINE_EXCEEDED",
  "RESOURCE_EXHAUSTED",
  "ABORTED",
  "INTERNAL",
  "UNAVAILABLE",
  "UNAVAILABLE",
  "NOT_FOUND",
  "UNAUTHENTICATED",
];

const rpcs: readonly (RpcName | "*")[] = [
  "*",
  "*",
  "ListExecutions",
  "ListNodeExecutions",
  "ListTaskExecutions",
  "CreateExecution",
  "RelaunchExecution",
  "GetExecution",
  "GetExecutionData",
  "CreateDownloadLocation",
];

/**
 * A fault of any kind, mostly of those that pass.
 *
 * @param framed Whether the wire marks where a message ends. Without it, a body of no bytes that arrives
 *   whole is an empty list, and nobody can tell that rows are missing; other answers are never empty.
 */
export function randomFault(random: SeededRandom, framed: boolean): Fault {
  const occasion =
    random.below(2) === 0
      ? { times: 1 + random.below(3) }
      : { probability: 0.05 + random.next() * 0.3 };
  if (random.below(4) === 0) {
    return { blob: "s3://", ...occasion, ...blobEffect(random) };
  }
  const rpc = random.pick(rpcs);
  const canBeEmpty = framed || (rpc !== "*" && !rpc.startsWith("List"));
  return { rpc, ...occasion, ...rpcEffect(random, canBeEmpty) };
}

function rpcEffect(random: SeededRandom, canBeEmpty: boolean): FaultEffect {
  switch (random.below(8)) {
    case 0:
      return { reset: true };
    case 1:
      return {
        body: random.pick([...(canBeEmpty ? (["empty"] as const) : []), "truncated", "corrupt"]),
      };
    case 2:
      return { body: "html", status: random.pick([429, 502, 503, 504]) };
    case 3:
      return { delayMs: random.below(8) };
    case 4:
      return { hang: true };
    case 5:
      return { code: "UNAVAILABLE", retryAfterSeconds: random.below(2) };
    default:
      return { code: random.pick(codes), message: `${secretText} words of the server` };
  }
}

function blobEffect(random: SeededRandom): FaultEffect {
  switch (random.below(5)) {
    case 0:
      return { reset: true };
    case 1:
      return { body: random.pick(["truncated", "corrupt", "empty"] as const) };
    case 2:
      return { expired: true };
    case 3:
      return { delayMs: random.below(8) };
    default:
      return { status: random.pick([429, 500, 503, 403, 404]) };
  }
}

/** A secret that a careless server repeats in its error. */
const secretText = "authorization: Bearer planted-secret.7f3a";
