import { create, fromBinary } from "@bufbuild/protobuf";

import {
  type LaunchPlan,
  LaunchPlanClosureSchema,
  LaunchPlanSchema,
  LaunchPlanSpecSchema,
} from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { FlyteState, LaunchPlanRow } from "../../../store/index.js";
import { missingEntity } from "../../../server-errors.js";
import { lookedUpText } from "../../registry/checks/index.js";
import { findVersion } from "../../registry/index.js";

/** A launch plan that is to run. */
export interface LaunchedPlan {
  readonly row: LaunchPlanRow;
  readonly launchPlan: Pick<LaunchPlan, "spec" | "closure">;
}

/**
 * The launch plan that an execution asks for.
 * @throws NOT_FOUND when there is none
 */
export function launchedLaunchPlan(state: FlyteState, id: Identifier): LaunchedPlan {
  const row = findVersion(state.launchPlans, id);
  if (row === undefined) throw missingEntity("LAUNCH_PLAN", lookedUpText(id));
  return { row, launchPlan: launchPlanOf(row) };
}

/** The spec and the closure of a launch plan's row. */
export function launchPlanOf(row: LaunchPlanRow): LaunchedPlan["launchPlan"] {
  return create(LaunchPlanSchema, {
    spec: fromBinary(LaunchPlanSpecSchema, row.spec),
    closure: fromBinary(LaunchPlanClosureSchema, row.closure),
  });
}
