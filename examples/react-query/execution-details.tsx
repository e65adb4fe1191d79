import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type AdminClient, isTerminal, phaseOf } from "flyte-admin-client";
import { executionTreeQuery, flyteQueryKey } from "flyte-admin-client/query";
import type { ReactElement } from "react";

interface Props {
  readonly admin: AdminClient;
  readonly name: string;
}

/** The nodes of an execution, and a button that stops it. */
export function ExecutionDetails({ admin, name }: Props): ReactElement {
  const queries = useQueryClient();
  const { data, error } = useQuery(executionTreeQuery(admin, { name }));
  const stop = useMutation({
    mutationFn: () => admin.executions.terminate({ name }, { cause: "stopped on the page" }),
    onSuccess: () => queries.invalidateQueries({ queryKey: flyteQueryKey("executions") }),
  });
  if (error !== null) return <p role="alert">{error.message}</p>;
  if (data === undefined) return <p>Loading {name} …</p>;
  return (
    <section aria-label="Details">
      <h2>
        {name} {phaseOf(data.execution)}
      </h2>
      <ul>
        {data.nodes.map(({ node, attempts }) => (
          <li key={node.id?.nodeId}>
            {node.id?.nodeId} {phaseOf(node)}, {attempts.length} attempts
          </li>
        ))}
      </ul>
      {!isTerminal(data.execution) && (
        <button
          type="button"
          onClick={() => {
            stop.mutate();
          }}
        >
          Stop
        </button>
      )}
    </section>
  );
}
