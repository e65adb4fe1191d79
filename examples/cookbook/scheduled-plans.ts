import { type AdminClient } from "flyte-admin-client";

/** Lists the active launch plans that have a schedule. */
export async function run(admin: AdminClient): Promise<void> {
  for await (const { id, spec } of admin.launchPlans.listActive({})) {
    const schedule = spec?.entityMetadata?.schedule?.ScheduleExpression;
    switch (schedule?.case) {
      case "cronSchedule":
        console.log(id?.name, schedule.value.schedule);
        break;
      case "rate":
        console.log(id?.name, "every", schedule.value.value, "units of", schedule.value.unit);
        break;
      default:
    }
  }
}
