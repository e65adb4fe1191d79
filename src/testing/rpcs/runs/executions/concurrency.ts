import { Code } from "@connectrpc/connect";

import {
  ConcurrencyLimitBehavior,
  type LaunchPlanSpec,
} from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import { type FlyteState, joinKey, type LaunchPlanRow } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";

/**
 * Keeps to the limit that a launch plan sets for its executions: those of all
 * its versions that are queued or running count, in its own project and domain.
 * @throws ALREADY_EXISTS when the limit is reached and the plan says to skip
 */
export function checkConcurrency(
  state: FlyteState,
  row: LaunchPlanRow,
  spec: LaunchPlanSpec | undefined,
): void {
  const policy = spec?.concurrencyPolicy;
  if (policy?.behavior !== ConcurrencyLimitBehavior.SKIP) return;
  const active = state.executions
    .group(joinKey(row.project, row.domain))
    .filter(({ phase }) => phase === "QUEUED" || phase === "RUNNING")
    .filter(({ launchPlan }) => launchPlan?.name === row.name);
  if (active.length < policy.max) return;
  throw adminError(
    Code.AlreadyExists,
    `concurrency limit (${policy.max}) reached for launch plan ${row.name}; skipping execution`,
  );
}
