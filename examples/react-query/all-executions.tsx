import { useInfiniteQuery } from "@tanstack/react-query";
import { type AdminClient, phaseOf } from "flyte-admin-client";
import { executionsQuery } from "flyte-admin-client/query";
import type { ReactElement } from "react";

/** All executions, newest first, page by page. */
export function AllExecutions({ admin }: { readonly admin: AdminClient }): ReactElement {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    executionsQuery(
      admin,
      { orderBy: { field: "createdAt", direction: "descending" } },
      { pageSize: 2 },
    ),
  );
  if (error !== null) return <p role="alert">{error.message}</p>;
  return (
    <section aria-label="All">
      <ol>
        {data?.pages
          .flatMap(({ items }) => items)
          .map((execution) => (
            <li key={execution.id?.name}>
              {execution.id?.name} {phaseOf(execution)}
            </li>
          ))}
      </ol>
      {hasNextPage && (
        <button
          type="button"
          disabled={isFetchingNextPage}
          onClick={() => {
            void fetchNextPage();
          }}
        >
          More
        </button>
      )}
    </section>
  );
}
