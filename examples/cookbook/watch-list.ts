import { type AdminClient, phaseOf } from "flyte-admin-client";

/** Prints what happens to the executions of a project. Argument: after how many lines to stop. */
export async function run(
  admin: AdminClient,
  [lines = "4"]: readonly string[] = [],
): Promise<void> {
  let left = Number(lines);
  const watch = admin.executions.watch(
    { where: (f) => f.phase.in(["RUNNING", "SUCCEEDED", "FAILED"]) },
    {
      onError: (error, { nextPollMs }) => {
        console.error(String(error), "again in", nextPollMs);
      },
    },
  );
  for await (const event of watch) {
    if (event.kind === "synced") console.log(`these are all ${event.count}`);
    else console.log(event.kind, event.item.id?.name, phaseOf(event.item));
    left -= 1;
    if (left <= 0) break;
  }
}
