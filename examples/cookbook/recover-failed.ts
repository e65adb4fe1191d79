import { type AdminClient, formatId } from "flyte-admin-client";

/** Runs again what failed, and keeps what succeeded in it. Argument: at most how many executions. */
export async function run(admin: AdminClient, [count = "20"]: readonly string[]): Promise<void> {
  const failed = admin.executions.list(
    {
      where: (f) => f.phase.eq("FAILED"),
      orderBy: { field: "createdAt", direction: "descending" },
    },
    { limit: Number(count) },
  );
  for (const result of await admin.executions.recoverAll(failed)) {
    console.log(formatId(result.id), result.ok ? "recovered" : result.error.message);
  }
}
