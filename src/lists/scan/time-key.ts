import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import { FlyteError } from "../../errors/index.js";

/**
 * When an execution was created, in microseconds since 1970: what its column holds. The closure has
 * nanoseconds, which the column cuts off.
 *
 * @throws FlyteError when the execution does not say, so that a walk by time cannot continue from it
 */
export function createdAtMicros({ id, closure }: Execution): bigint {
  const time = closure?.createdAt;
  if (time === undefined) {
    throw new FlyteError(
      `ListExecutions returned the execution ${JSON.stringify(id?.name ?? "")} without closure.created_at, which the walk goes by`,
      { code: "INTERNAL", rpc: "ListExecutions" },
    );
  }
  return time.seconds * 1_000_000n + BigInt(Math.floor(time.nanos / 1000));
}

/** The time of a key, as filters take it. */
export function timeOfMicros(micros: bigint): { readonly seconds: bigint; readonly nanos: number } {
  const nanos = Number(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n) * 1000;
  return { seconds: (micros - BigInt(nanos / 1000)) / 1_000_000n, nanos };
}
