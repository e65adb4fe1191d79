import { create, fromBinary } from "@bufbuild/protobuf";

import {
  type LaunchPlan,
  LaunchPlanClosureSchema,
  LaunchPlanSchema,
  LaunchPlanSpecSchema,
} from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  type Identifier,
  IdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { type FlyteState, joinKey, type LaunchPlanRow } from "../../../store/index.js";
import { missingEntity } from "../../errors.js";
import { messageText } from "../../go-format/message-text.js";

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
  const row = state.launchPlans.get(joinKey(id.project, id.domain, id.name, id.version));
  if (row === undefined) throw missingEntity("LAUNCH_PLAN", versionText(id));
  return { row, launchPlan: launchPlanOf(row) };
}

/** The spec and the closure of a launch plan's row. */
export function launchPlanOf(row: LaunchPlanRow): LaunchedPlan["launchPlan"] {
  return create(LaunchPlanSchema, {
    spec: fromBinary(LaunchPlanSpecSchema, row.spec),
    closure: fromBinary(LaunchPlanClosureSchema, row.closure),
  });
}

/** The identifier of a version as a failed look-up prints it: without its resource type. */
export function versionText({ project, domain, name, version }: Identifier): string {
  return messageText(
    IdentifierSchema,
    create(IdentifierSchema, { project, domain, name, version }),
  );
}
