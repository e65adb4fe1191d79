import { launchConditionType, launchPlanState, scheduleType } from "../enums.js";

/** The columns that `tasks.list` filters and sorts by. */
export const taskColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  project: { column: "project", kind: "text" },
  domain: { column: "domain", kind: "text" },
  name: { column: "name", kind: "text" },
  version: { column: "version", kind: "text" },
  /** The type of task, such as `python-task`. */
  type: { column: "type", kind: "text" },
  shortDescription: { column: "short_description", kind: "text" },
  /** `closure.created_at`. */
  createdAt: { column: "created_at", kind: "time" },
  updatedAt: { column: "updated_at", kind: "time" },
} as const;

/** The columns that `workflows.list` filters and sorts by. */
export const workflowColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  project: { column: "project", kind: "text" },
  domain: { column: "domain", kind: "text" },
  name: { column: "name", kind: "text" },
  version: { column: "version", kind: "text" },
  /** Where the compiled workflow is stored. */
  remoteClosureIdentifier: { column: "remote_closure_identifier", kind: "text" },
  shortDescription: { column: "short_description", kind: "text" },
  /** `closure.created_at`. */
  createdAt: { column: "created_at", kind: "time" },
  updatedAt: { column: "updated_at", kind: "time" },
} as const;

/** The columns that `launchPlans.list` filters and sorts by. */
export const launchPlanColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  project: { column: "project", kind: "text" },
  domain: { column: "domain", kind: "text" },
  name: { column: "name", kind: "text" },
  version: { column: "version", kind: "text" },
  workflowId: { column: "workflow_id", kind: "int" },
  state: { column: "state", kind: "enum", values: launchPlanState as typeof launchPlanState },
  scheduleType: {
    column: "schedule_type",
    kind: "enum",
    values: scheduleType as typeof scheduleType,
  },
  /** No value without a condition, and no value matches neither `ne` nor `notIn`. */
  launchConditionType: {
    column: "launch_condition_type",
    kind: "enum",
    values: launchConditionType as typeof launchConditionType,
  },
  /** `closure.created_at`. */
  createdAt: { column: "created_at", kind: "time" },
  /** `closure.updated_at`. */
  updatedAt: { column: "updated_at", kind: "time" },
} as const;
