import type { LaunchPlanRow } from "../../store/index.js";
import { baseColumns, bigint, bytes, digest, integer, text } from "../column.js";
import { type Entity, relation } from "../entity.js";
import { workflowEntity } from "./workflow.js";

/** Versions of launch plans. */
export const launchPlanEntity: Entity<LaunchPlanRow> = {
  code: "l",
  table: "launch_plans",
  columns: {
    ...baseColumns<LaunchPlanRow>(),
    project: text((row) => row.project),
    domain: text((row) => row.domain),
    name: text((row) => row.name),
    version: text((row) => row.version),
    spec: bytes((row) => row.spec),
    workflow_id: bigint((row) => row.workflow.id),
    closure: bytes((row) => row.closure),
    state: integer((row) => row.state),
    digest: digest(),
    schedule_type: text((row) => row.scheduleType),
    launch_condition_type: text((row) => row.launchConditionType),
  },
  relations: { workflow: relation(workflowEntity, (row) => [row.workflow]) },
};
