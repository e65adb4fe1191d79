import type { ExecutionQuery } from "flyte-admin-client";
import { periods, type Route } from "./route.js";

/** The phases of executions that a list can be narrowed to. */
export const phases = [
  "UNDEFINED",
  "QUEUED",
  "RUNNING",
  "SUCCEEDING",
  "SUCCEEDED",
  "FAILING",
  "FAILED",
  "ABORTING",
  "ABORTED",
  "TIMED_OUT",
] as const;

/** The query of a route's list, newest first. */
export function queryOf(route: Route, nowMs: number): ExecutionQuery {
  const { project = "", domain = "", workflow, since } = route;
  const phase = phases.find((each) => each === route.phase);
  const [key = "", value] = (route.tag ?? "").split("=", 2);
  const from = since === undefined ? undefined : new Date(nowMs - periods[since] * 3_600_000);
  return {
    project,
    domain,
    orderBy: { field: "createdAt", direction: "descending" },
    where: (f) => [
      ...(phase === undefined ? [] : [f.phase.eq(phase)]),
      ...(workflow === undefined ? [] : [f.workflow.name.contains(workflow)]),
      // Key and value of one tag: FlyteAdmin joins all conditions on the same row.
      ...(key === "" ? [] : [f.executionTag.key.eq(key)]),
      ...(key === "" || value === undefined ? [] : [f.executionTag.value.eq(value)]),
      ...(from === undefined ? [] : [f.createdAt.gte(from)]),
    ],
  };
}
