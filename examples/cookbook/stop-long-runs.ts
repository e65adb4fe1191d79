import { type AdminClient, formatId } from "flyte-admin-client";

const hourMs = 60 * 60 * 1000;

/** Stops the executions that have run too long, and says of each whether it worked. Argument: the hours. */
export async function run(admin: AdminClient, [hours = "24"]: readonly string[]): Promise<void> {
  const before = new Date(Date.now() - Number(hours) * hourMs);
  const tooLong = admin.executions.list({
    where: (f) => [f.phase.eq("RUNNING"), f.startedAt.lt(before)],
  });
  const results = await admin.executions.terminateAll(tooLong, {
    cause: `ran longer than ${hours} hours`,
  });
  for (const result of results) {
    console.log(formatId(result.id), result.ok ? "stopped" : result.error.message);
  }
}
