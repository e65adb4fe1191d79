import type { DescMethod } from "@bufbuild/protobuf";

import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";

/**
 * The routes on which a query parameter overrides a value of the path, and the name that it may carry.
 *
 * The gateway splits a path after decoding it, so no path can carry a name with a
 * slash. On these routes FlyteAdmin v1.16 takes the name from the query instead,
 * by an accident of its generated filters; other routes ignore the parameter.
 */
const nameOverrides: Partial<Record<keyof (typeof AdminService)["method"], string>> = {
  getTask: "id.name",
  getWorkflow: "id.name",
  getLaunchPlan: "id.name",
  getDescriptionEntity: "id.name",
  getTaskExecution: "id.task_id.name",
  getTaskExecutionData: "id.task_id.name",
};

/** The path field whose value a query parameter may carry instead, with protobuf's names. */
export function nameOverrideOf(method: DescMethod): string | undefined {
  if (method.parent.typeName !== "flyteidl.service.AdminService") return undefined;
  return Object.entries(nameOverrides).find(([localName]) => localName === method.localName)?.[1];
}
