import { useState, type ReactElement } from "react";

import type { AdminClient } from "flyte-admin-client";

import { AllExecutions } from "./all-executions.js";
import { ExecutionDetails } from "./execution-details.js";
import { LiveExecutions } from "./live-executions.js";

/** The executions of a project: those that run, all of them page by page, and what is inside one. */
export function App({ admin }: { readonly admin: AdminClient }): ReactElement {
  const [selected, select] = useState<string>();
  const [isLive, setIsLive] = useState(true);
  return (
    <>
      <h1>Executions</h1>
      <label>
        <input
          type="checkbox"
          checked={isLive}
          onChange={(event) => {
            setIsLive(event.target.checked);
          }}
        />
        Watch
      </label>
      {isLive && <LiveExecutions admin={admin} onSelect={select} />}
      <AllExecutions admin={admin} />
      {selected !== undefined && <ExecutionDetails admin={admin} name={selected} />}
    </>
  );
}
