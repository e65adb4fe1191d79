import {
  launchConditionType,
  launchPlanState,
  namedEntityState,
  projectState,
  scheduleType,
} from "./enums.js";

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
  /** The address of the compiled workflow. */
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

/** The columns that `projects.list` filters and sorts by. FlyteAdmin hides archived ones only without any condition. */
export const projectColumns = {
  /** The serial number of the row, which no message contains. `Project.id` is `identifier`. */
  id: { column: "id", kind: "int" },
  /** `Project.id`. */
  identifier: { column: "identifier", kind: "text" },
  name: { column: "name", kind: "text" },
  description: { column: "description", kind: "text" },
  state: { column: "state", kind: "enum", values: projectState as typeof projectState },
  createdAt: { column: "created_at", kind: "time" },
  updatedAt: { column: "updated_at", kind: "time" },
} as const;

/**
 * The columns that `namedEntities.list` filters and sorts by.
 *
 * FlyteAdmin cuts the page before it filters, so that a page holds fewer rows than asked for and
 * the list ends early; see there.
 */
export const namedEntityColumns = {
  project: { column: "project", kind: "text" },
  domain: { column: "domain", kind: "text" },
  name: { column: "name", kind: "text" },
  /** No value where none was ever written, and no value does not match `ne`. */
  description: { column: "description", kind: "text", sort: false },
  /** Active where none was ever written. */
  state: {
    column: "state",
    kind: "enum",
    values: namedEntityState as typeof namedEntityState,
    sort: false,
  },
} as const;

/** The columns that the lists of identifiers sort by; they take no filter. */
export const namedEntityIdentifierColumns = {
  project: { column: "project", kind: "text", filter: false },
  domain: { column: "domain", kind: "text", filter: false },
  name: { column: "name", kind: "text", filter: false },
} as const;

/** The columns that `signals.list` filters and sorts by. */
export const signalColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  executionProject: { column: "execution_project", kind: "text" },
  executionDomain: { column: "execution_domain", kind: "text" },
  executionName: { column: "execution_name", kind: "text" },
  signalId: { column: "signal_id", kind: "text" },
  createdAt: { column: "created_at", kind: "time" },
  updatedAt: { column: "updated_at", kind: "time" },
} as const;

/**
 * The columns that `descriptionEntities.list` filters and sorts by.
 *
 * FlyteAdmin checks its filters against the columns of the described resource, so only those that
 * tasks, workflows and launch plans share with descriptions can be asked for.
 */
export const descriptionEntityColumns = {
  /** The serial number of the row, which no message contains. Unique, and in order of insertion. */
  id: { column: "id", kind: "int" },
  project: { column: "project", kind: "text" },
  domain: { column: "domain", kind: "text" },
  name: { column: "name", kind: "text" },
  version: { column: "version", kind: "text" },
  createdAt: { column: "created_at", kind: "time" },
  updatedAt: { column: "updated_at", kind: "time" },
  shortDescription: { column: "short_description", kind: "text", filter: false },
  link: { column: "link", kind: "text", filter: false },
} as const;
