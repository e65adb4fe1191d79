import type { LaunchPlanSpec } from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Schedule } from "../../../../../gen/flyteidl/admin/schedule_pb.js";
import type { ParameterMap } from "../../../../../gen/flyteidl/core/interface_pb.js";
import { LiteralTypeSchema, SimpleType } from "../../../../../gen/flyteidl/core/types_pb.js";
import type { LaunchPlanRow } from "../../../store/index.js";
import { invalidArgument } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { cronProblem } from "./cron.js";

/** How a launch plan is started by itself, as its row says it. */
export function scheduleType(spec: LaunchPlanSpec): LaunchPlanRow["scheduleType"] {
  const expression = spec.entityMetadata?.schedule?.ScheduleExpression;
  if (expression === undefined || !isScheduled(expression)) return "NONE";
  return expression.case === "rate" ? "RATE" : "CRON";
}

/**
 * Refuses a schedule that could not start its workflow: all inputs must be
 * bound, but for the one that takes the time of the start.
 * @throws INVALID_ARGUMENT
 */
export function checkSchedule(spec: LaunchPlanSpec, inputs: ParameterMap): void {
  const schedule = spec.entityMetadata?.schedule;
  if (schedule === undefined || !isScheduled(schedule.ScheduleExpression)) return;
  const kickoff = schedule.kickoffTimeInputArg;
  for (const [name, { behavior }] of Object.entries(inputs.parameters)) {
    if (behavior.case === "required" && behavior.value && name !== kickoff) {
      throw invalidArgument(
        `Cannot create a launch plan with a schedule if there is an unbound required input. [${name}] is required`,
      );
    }
  }
  if (kickoff !== "") checkKickoff(kickoff, inputs);
  checkCron(schedule);
}

function isScheduled(expression: Schedule["ScheduleExpression"]): boolean {
  return expression.case === "cronExpression"
    ? expression.value !== ""
    : expression.case !== undefined;
}

function checkKickoff(name: string, inputs: ParameterMap): void {
  const parameter = inputs.parameters[name];
  if (parameter === undefined) {
    throw invalidArgument(
      `Cannot create a schedule with a KickoffTimeInputArg that does not point to a free input. [${name}] is not free or does not exist.`,
    );
  }
  const type = parameter.var?.type;
  if (type?.type.case === "simple" && type.type.value === SimpleType.DATETIME) return;
  throw invalidArgument(
    `KickoffTimeInputArg must reference a datetime input. [${name}] is a [${messageText(LiteralTypeSchema, type)}]`,
  );
}

function checkCron({ ScheduleExpression: expression }: Schedule): void {
  const cron =
    expression.case === "cronSchedule"
      ? expression.value.schedule
      : expression.case === "cronExpression"
        ? expression.value
        : "";
  const problem = cron === "" ? undefined : cronProblem(cron);
  if (problem !== undefined) throw invalidArgument(`Invalid cron expression: ${problem}`);
}
