import {
  type AdminClient,
  formatId,
  mapConcurrent,
  outcomeOf,
  type TaskExecution,
} from "flyte-admin-client";

const outOfMemory = /OOMKilled|out of memory|exit code:? 137/i;

/** Finds the attempts that ran out of memory, in the executions that failed last. Argument: how many. */
export async function run(admin: AdminClient, [count = "50"]: readonly string[]): Promise<void> {
  const failed = admin.executions.list(
    {
      where: (f) => f.phase.eq("FAILED"),
      orderBy: { field: "createdAt", direction: "descending" },
    },
    { limit: Number(count) },
  );
  const found = mapConcurrent(failed, async ({ id }, { signal }) => {
    if (id === undefined) return [];
    const attempts = admin.taskExecutions.listForExecution(
      id,
      { where: (f) => f.phase.eq("FAILED") },
      { signal, limit: 1000 },
    );
    return (await attempts.toArray()).filter(ranOutOfMemory);
  });
  let total = 0;
  for await (const attempts of found) {
    total += attempts.length;
    for (const { id } of attempts)
      console.log(formatId(id?.nodeExecutionId), `#${id?.retryAttempt}`);
  }
  console.log(`${total} attempts ran out of memory`);
}

function ranOutOfMemory(attempt: TaskExecution): boolean {
  const outcome = outcomeOf(attempt);
  return (
    outcome.kind === "error" && outOfMemory.test(`${outcome.error.code} ${outcome.error.message}`)
  );
}
