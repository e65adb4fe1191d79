import { type AdminClient, outcomeOf, timestampDate } from "flyte-admin-client";

const dayMs = 24 * 60 * 60 * 1000;

/** Prints the executions that failed in the last days as CSV. Argument: the number of days. */
export async function run(admin: AdminClient, [days = "7"]: readonly string[]): Promise<void> {
  const since = new Date(Date.now() - Number(days) * dayMs);
  const failed = admin.executions.list({
    where: (f) => [f.phase.in(["FAILED", "TIMED_OUT"]), f.createdAt.gte(since)],
    orderBy: { field: "createdAt", direction: "descending" },
  });
  console.log("name,createdAt,code,message");
  for await (const execution of failed) {
    const outcome = outcomeOf(execution);
    const error = outcome.kind === "error" ? outcome.error : undefined;
    const createdAt = execution.closure?.createdAt;
    const cells = [
      execution.id?.name,
      createdAt && timestampDate(createdAt).toISOString(),
      error?.code,
      error?.message,
    ];
    console.log(cells.map(quote).join(","));
  }
}

function quote(cell: string | undefined = ""): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
