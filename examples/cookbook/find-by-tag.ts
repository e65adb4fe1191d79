import { type AdminClient, formatId, phaseOf } from "flyte-admin-client";

/** Lists the executions that have a tag, newest first. Argument: the tag. */
export async function run(admin: AdminClient, [tag = "nightly"]: readonly string[]): Promise<void> {
  const tagged = admin.executions.list({
    where: (f) => f.executionTag.key.eq(tag),
    orderBy: { field: "createdAt", direction: "descending" },
  });
  for await (const execution of tagged) console.log(formatId(execution.id), phaseOf(execution));
}
