import type { AdminClient } from "flyte-admin-client";
import { executionsQuery } from "flyte-admin-client/query";

/** Options of TanStack Query's `useInfiniteQuery`: the executions of a project, newest first. */
export function newestExecutions(admin: AdminClient): ReturnType<typeof executionsQuery> {
  const orderBy = { field: "createdAt", direction: "descending" } as const;
  return executionsQuery(admin, { orderBy }, { pageSize: 2 });
}

/** Reads the first two pages as the hook would. */
export async function run(admin: AdminClient): Promise<void> {
  const query = newestExecutions(admin);
  const { signal } = new AbortController();
  let pageParam = query.initialPageParam;
  for (let page = 1; page <= 2; page += 1) {
    const result = await query.queryFn({ pageParam, signal });
    console.log(`page ${page}:`, result.items.map(({ id }) => id?.name).join(", "));
    pageParam = query.getNextPageParam(result);
    if (pageParam === undefined) return;
  }
}
