import { type AdminClient, type Execution, type Page } from "flyte-admin-client";

/** The context that TanStack Query passes to a query. */
interface QueryContext {
  readonly pageParam: string | undefined;
  readonly signal: AbortSignal;
}

/** Options of `useInfiniteQuery` for the executions of a project: `useInfiniteQuery(executionsQuery(admin))`. */
export function executionsQuery(admin: AdminClient) {
  return {
    queryKey: ["executions", admin.connection.defaults],
    queryFn: ({ pageParam, signal }: QueryContext): Promise<Page<Execution>> =>
      admin.executions
        .list({ orderBy: { field: "createdAt", direction: "descending" } }, { signal })
        .page({ token: pageParam, pageSize: 2 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Execution>): string | undefined => page.nextToken,
  };
}

/** Reads the first two pages as the hook would. */
export async function run(admin: AdminClient): Promise<void> {
  const query = executionsQuery(admin);
  const { signal } = new AbortController();
  let pageParam = query.initialPageParam;
  for (let page = 1; page <= 2; page += 1) {
    const result = await query.queryFn({ pageParam, signal });
    console.log(`page ${page}:`, result.items.map(({ id }) => id?.name).join(", "));
    pageParam = query.getNextPageParam(result);
    if (pageParam === undefined) return;
  }
}
