import { timestampMs } from "@bufbuild/protobuf/wkt";
import { type AdminClient, isTerminal, phaseOf } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { element } from "./dom.js";
import { badge } from "./phases.js";
import { hashOf } from "./route.js";
import { lengthText, momentText, spanOf } from "./times.js";

/** Which executions to list. */
export interface ExecutionsQuery {
  readonly project: string;
  readonly domain: string;
  /** A phase of workflow executions; `""` for any. */
  readonly phase: string;
}

/** How many executions the page looks back. */
const limit = 200;

/**
 * Fills the table with the newest executions, page by page as they arrive.
 *
 * @param tell says how far it is
 */
export async function listExecutions(
  admin: AdminClient,
  { project, domain, phase }: ExecutionsQuery,
  into: HTMLTableSectionElement,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (text: string) => void },
): Promise<void> {
  into.replaceChildren();
  tell("loading …");
  const list = admin.executions.list(
    {
      project,
      domain,
      orderBy: { field: "createdAt", direction: "descending" },
      ...(isPhase(phase) && { where: (f) => f.phase.eq(phase) }),
    },
    { pageSize: 25, limit, signal },
  );
  let count = 0;
  for await (const { items } of list.pages()) {
    into.append(...items.map(rowOf));
    count += items.length;
    tell(`${count} loaded …`);
  }
  tell(count === 0 ? "none" : count === limit ? `the newest ${count}` : `${count} in all`);
}

const phases = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT"] as const;

function isPhase(text: string): text is (typeof phases)[number] {
  return phases.some((phase) => phase === text);
}

function rowOf(execution: Execution): HTMLTableRowElement {
  const { id, closure } = execution;
  const span = spanOf(closure, isTerminal(execution));
  const began = span?.start ?? (closure?.createdAt && timestampMs(closure.createdAt));
  const link = element("a", { href: id === undefined ? "#" : hashOf(id) }, id?.name ?? "?");
  const workflow = closure?.workflowId?.name ?? execution.spec?.launchPlan?.name ?? "";
  return element(
    "tr",
    { "data-execution": id === undefined ? "" : hashOf(id) },
    element("td", {}, badge(phaseOf(execution))),
    element("td", {}, link),
    element("td", { title: workflow }, workflow),
    element("td", {}, began === undefined ? "" : momentText(began)),
    element(
      "td",
      { class: "number" },
      span === undefined ? "–" : lengthText(span.end - span.start),
    ),
  );
}
