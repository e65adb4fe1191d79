import {
  type AdminClient,
  type ExecutionQuery,
  isFlyteError,
  isTerminal,
  phaseOf,
} from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import type { Slot } from "./activity.js";
import { button, byId, element, emptyState, roveVertically, skeleton } from "./dom.js";
import { detailOf, type ErrorPlace, errorPanel } from "./errors.js";
import { queryOf } from "./list-query.js";
import { createdMs, followList, listStep, loadStep } from "./load-list.js";
import { PhaseCounts } from "./phase-counts.js";
import { badge } from "./phases.js";
import { formatRoute, hasFilters, type Route, routeTo } from "./route.js";
import type { Router } from "./router.js";
import { fullMomentText, lengthText, momentText, spanOf } from "./times.js";

/** Dependencies of the list. */
export interface ListViewParts {
  readonly admin: AdminClient;
  readonly router: Router;
  readonly loading: Slot;
  readonly place: Omit<ErrorPlace, "task">;
  /** Says something to those who do not see the page. */
  readonly announce: (text: string) => void;
  /** Hears which workflows there are. */
  readonly onWorkflows: (names: readonly string[]) => void;
}

/** The executions of a project and domain, newest first. */
export class ListView {
  readonly #parts: ListViewParts;
  readonly #status = byId("list-status", HTMLParagraphElement);
  readonly #box = byId("list", HTMLDivElement);
  readonly #message = byId("list-message", HTMLDivElement);
  readonly #table = byId("executions-table", HTMLTableElement);
  readonly #body = byId("executions", HTMLTableSectionElement);
  readonly #foot = byId("list-foot", HTMLDivElement);
  readonly #counts: PhaseCounts;
  readonly #executions = new Map<string, Execution>();
  readonly #rows = new Map<string, HTMLTableRowElement>();
  #next: string | undefined;
  #isLoading = false;
  #problem = "";

  constructor(parts: ListViewParts) {
    this.#parts = parts;
    this.#counts = new PhaseCounts(byId("phases", HTMLDivElement), (phase) => {
      parts.router.replace({ phase });
    });
    roveVertically(this.#body, "a");
  }

  /** Loads the list that a route names. */
  load(route: Route): void {
    const { admin, loading } = this.#parts;
    const query = queryOf(route, Date.now());
    this.#executions.clear();
    this.#rows.clear();
    this.#body.replaceChildren();
    this.#next = undefined;
    this.#problem = "";
    this.#table.hidden = true;
    this.#message.replaceChildren(skeleton(10));
    this.#foot.replaceChildren();
    this.#counts.begin(route);
    this.#box.scrollTop = 0;
    this.#run(loading, admin, query, undefined);
  }

  /** Marks the execution that is open. */
  mark(): void {
    const { name } = this.#parts.router.route;
    for (const [key, row] of this.#rows) {
      if (key === name) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  /** Takes over a newer state of an execution, if it is in the list. */
  update(execution: Execution): void {
    if (this.#executions.has(execution.id?.name ?? "")) this.#take([execution]);
  }

  focus(name: string): void {
    const link = this.#rows.get(name)?.querySelector("a") ?? this.#body.querySelector("a");
    link?.focus();
  }

  #run(loading: Slot, admin: AdminClient, query: ExecutionQuery, token: string | undefined): void {
    const listener = {
      onExecutions: (executions: readonly Execution[]) => {
        this.#take(executions);
      },
      onRefresh: (error: unknown) => {
        this.#problem = error === undefined ? "" : "refresh failed, trying again";
        // What still runs has run for longer.
        if (error === undefined) this.#take([...this.#executions.values()]);
        this.#status.title = error === undefined ? "" : detailOf(error);
        this.#showStatus();
      },
    };
    this.#isLoading = true;
    this.#showStatus();
    loading.start(
      async (signal) => {
        this.#next = await loadStep(admin, query, token, listener, signal);
        this.#isLoading = false;
        this.#showEnd(() => {
          this.#run(loading, admin, query, this.#next);
        });
        await followList(admin, query, this.#executions, listener, signal);
      },
      (error) => {
        this.#isLoading = false;
        this.#fail(error);
      },
    );
  }

  #take(executions: readonly Execution[]): void {
    for (const execution of executions) this.#put(execution);
    if (this.#executions.size > 0) {
      this.#message.replaceChildren();
      this.#table.hidden = false;
    }
    const first = this.#body.querySelector("a");
    if (first !== null && this.#body.querySelector('a[tabindex="0"]') === null) first.tabIndex = 0;
    this.#counts.show([...this.#executions.values()], this.#next !== undefined);
    this.#showStatus();
    this.mark();
  }

  #put(execution: Execution): void {
    const name = execution.id?.name ?? "";
    const old = this.#rows.get(name);
    const before = this.#executions.get(name);
    this.#executions.set(name, execution);
    const isSame = before?.closure?.phase === execution.closure?.phase;
    if (old !== undefined && isSame && isTerminal(execution)) return;
    const row = this.#row(execution);
    this.#rows.set(name, row);
    if (old !== undefined) {
      const link = old.querySelector("a");
      const hadFocus = document.activeElement === link;
      row.querySelector("a")!.tabIndex = link?.tabIndex ?? -1;
      old.replaceWith(row);
      if (hadFocus) row.querySelector("a")?.focus({ preventScroll: true });
      return;
    }
    // New ones come on top while the list is followed, older ones below while it is loaded.
    const created = createdMs(execution);
    const top = this.#body.firstElementChild;
    const newest = this.#executions.get((top as HTMLElement | null)?.dataset["name"] ?? "");
    if (!this.#isLoading && top !== null && created >= createdMs(newest)) top.before(row);
    else this.#body.append(row);
  }

  #row(execution: Execution): HTMLTableRowElement {
    const { id, closure, spec } = execution;
    const span = spanOf(closure, isTerminal(execution));
    const workflow = closure?.workflowId?.name ?? spec?.launchPlan?.name ?? "";
    const href = formatRoute(routeTo(id, this.#parts.router.route));
    const name = id?.name ?? "";
    return element(
      "tr",
      { "data-name": name, role: "row" },
      element(
        "th",
        { scope: "row", role: "rowheader", class: "name-col" },
        element("a", { href, tabindex: "-1" }, name),
        element("span", { class: "sub", title: workflow }, workflow),
      ),
      element("td", { role: "cell", class: "phase-col" }, badge(phaseOf(execution))),
      element(
        "td",
        {
          role: "cell",
          class: "time-col",
          title: span === undefined ? "" : fullMomentText(span.start),
        },
        span === undefined ? "–" : momentText(span.start),
      ),
      element(
        "td",
        { role: "cell", class: "number took-col" },
        span === undefined
          ? "–"
          : span.hasStarted
            ? lengthText(span.end - span.start)
            : "not started",
      ),
    );
  }

  #showStatus(): void {
    const count = this.#executions.size;
    const rows = `${count} execution${count === 1 ? "" : "s"}`;
    const text = this.#isLoading
      ? count === 0
        ? `Connecting to ${this.#parts.place.baseUrl} …`
        : `${rows} …`
      : this.#next === undefined
        ? rows
        : `the first ${count}`;
    this.#status.replaceChildren(this.#problem === "" ? text : `${text} · ${this.#problem}`);
    if (!this.#isLoading && this.#problem === "") {
      this.#status.append(element("span", { class: "live" }, "Live"));
    }
  }

  #showEnd(loadMore: () => void): void {
    this.#take([]);
    const { router, announce, onWorkflows } = this.#parts;
    const count = this.#executions.size;
    announce(
      count === 0
        ? "No executions"
        : `${this.#next === undefined ? "" : "the first "}${count} executions`,
    );
    onWorkflows([
      ...new Set(
        [...this.#executions.values()].flatMap(({ closure }) => closure?.workflowId?.name ?? []),
      ),
    ]);
    this.#foot.replaceChildren();
    if (this.#next !== undefined) {
      this.#foot.append(
        element(
          "p",
          { class: "quiet" },
          `These are the first ${count}. Narrow the filters, or continue.`,
        ),
        button({}, loadMore, `Load ${listStep} more`),
      );
    }
    if (count === 0) this.#message.replaceChildren(this.#emptyList(router));
  }

  #emptyList(router: Router): HTMLElement {
    const { route } = router;
    const scope = `${route.project ?? ""} / ${route.domain ?? ""}`;
    if (!hasFilters(route)) {
      return emptyState(
        "No executions yet",
        `Nothing has run in ${scope}. Choose another project or domain.`,
      );
    }
    return emptyState(
      "No execution matches",
      `None in ${scope} passes all filters.`,
      button(
        { class: "primary" },
        () => {
          router.replace({
            phase: undefined,
            workflow: undefined,
            tag: undefined,
            since: undefined,
          });
        },
        "Clear the filters",
      ),
    );
  }

  #fail(error: unknown): void {
    const { place, router } = this.#parts;
    const count = this.#executions.size;
    if (isFlyteError(error, "CANCELLED") || isAbort(error)) {
      this.#status.textContent = count === 0 ? "Stopped" : `${count} executions · stopped`;
      if (count === 0) this.#message.replaceChildren();
      return;
    }
    this.#status.textContent = "";
    this.#message.replaceChildren(
      errorPanel(error, { ...place, task: "load the executions" }, () => {
        this.load(router.route);
      }),
    );
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
