import { useQuery } from "@tanstack/react-query";
import { type AdminClient, phaseOf } from "flyte-admin-client";
import { executionsWatchQuery } from "flyte-admin-client/query";
import type { ReactElement } from "react";

interface Props {
  readonly admin: AdminClient;
  readonly onSelect: (name: string) => void;
}

/** The executions that are not archived, as they change. */
export function LiveExecutions({ admin, onSelect }: Props): ReactElement {
  const { data, error } = useQuery(executionsWatchQuery(admin));
  if (error !== null) return <p role="alert">{error.message}</p>;
  if (data === undefined) return <p>Loading …</p>;
  return (
    <section aria-label="Live">
      {data.error !== undefined && <p role="status">The server does not answer at the moment.</p>}
      <ul>
        {data.items.map((execution) => {
          const name = execution.id?.name ?? "";
          return (
            <li key={name}>
              <button
                type="button"
                onClick={() => {
                  onSelect(name);
                }}
              >
                {name}
              </button>{" "}
              {phaseOf(execution)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
