import { outcomeOf, phaseOf } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import { button, element, emptyState, roveVertically } from "./dom.js";
import { badge, toneOf } from "./phases.js";
import { attemptSpan, type Run, type RunNode } from "./run-model.js";
import { fullMomentText, lengthText, momentText } from "./times.js";
import type { Selection } from "./selection.js";

interface Line {
  readonly run: RunNode;
  readonly attempt: TaskExecution;
}

const step = 500;
const columns = [
  ["Node", ""],
  ["Attempt", "number"],
  ["Phase", ""],
  ["Started", ""],
  ["Took", "number"],
  ["Error", ""],
] as const;

/** All attempts of a run in one flat table, in the order of the nodes. */
export class AttemptsTable {
  readonly element: HTMLElement;
  readonly #select: (selection: Selection) => void;
  readonly #body = element("tbody");
  readonly #foot = element("div", { class: "table-foot" });
  readonly #table: HTMLElement;
  readonly #onlyFailed = element("input", { type: "checkbox" });
  #run: Run | undefined;
  #selection: Selection | undefined;
  #shown = step;

  constructor(select: (selection: Selection) => void) {
    this.#select = select;
    this.#table = element(
      "table",
      { class: "attempts" },
      element("caption", { class: "visually-hidden" }, "Attempts of all nodes"),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...columns.map(([title, className]) =>
            element("th", { scope: "col", class: className }, title),
          ),
        ),
      ),
      this.#body,
    );
    roveVertically(this.#body, "button");
    this.#onlyFailed.addEventListener("change", () => {
      this.draw();
    });
    const choice = element("label", { class: "check" }, this.#onlyFailed, "Failed only");
    this.element = element(
      "div",
      { class: "attempts-box" },
      element("div", { class: "timeline-tools" }, choice),
      this.#table,
      this.#foot,
    );
  }

  show(run: Run): void {
    this.#run = run;
    this.draw();
  }

  mark(selection: Selection | undefined): void {
    this.#selection = selection;
    for (const row of this.#body.querySelectorAll<HTMLElement>("tr")) this.#markRow(row);
  }

  /** Puts the focus on an attempt. */
  focus(key: string, attempt: number | undefined): void {
    const row = CSS.escape(`${key}/${attempt ?? 0}`);
    this.#body.querySelector<HTMLElement>(`[data-key="${row}"] button`)?.focus();
  }

  draw(): void {
    if (this.#run === undefined || this.element.closest("[hidden]") !== null) return;
    const all = this.#run.nodes.flatMap((run) => run.attempts.map((attempt) => ({ run, attempt })));
    const lines = this.#onlyFailed.checked
      ? all.filter(({ attempt }) => toneOf(phaseOf(attempt)) === "bad")
      : all;
    const focused = document.activeElement?.closest<HTMLElement>("tr")?.dataset["key"];
    this.#body.replaceChildren(...lines.slice(0, this.#shown).map((line) => this.#row(line)));
    const items = [...this.#body.querySelectorAll<HTMLElement>("button")];
    const again = items.find((item) => item.closest<HTMLElement>("tr")?.dataset["key"] === focused);
    for (const item of items) item.tabIndex = item === (again ?? items[0]) ? 0 : -1;
    again?.focus({ preventScroll: true });
    this.#table.hidden = lines.length === 0;
    this.#foot.replaceChildren(...this.#footOf(lines.length, all.length));
  }

  #footOf(count: number, all: number): readonly Node[] {
    if (all === 0) {
      return [
        emptyState("No attempts yet", "A node has one when Flyte has begun to run its task."),
      ];
    }
    if (count === 0)
      return [emptyState("No attempt failed", `All ${all} are listed without the filter.`)];
    if (count <= this.#shown)
      return [element("p", { class: "quiet" }, `${count} of ${all} attempts`)];
    return [
      element("p", { class: "quiet" }, `The first ${this.#shown} of ${count} attempts`),
      button(
        {},
        () => {
          this.#shown += step;
          this.draw();
        },
        `Show ${Math.min(step, count - this.#shown)} more`,
      ),
    ];
  }

  #row({ run, attempt }: Line): HTMLElement {
    const number = attempt.id?.retryAttempt ?? 0;
    const span = attemptSpan(attempt, Date.now());
    const outcome = outcomeOf(attempt);
    const error = outcome.kind === "error" ? outcome.error : undefined;
    const open = button(
      { class: "link", tabindex: "-1", "aria-label": `${run.name}, attempt ${number}: details` },
      () => {
        this.#select({ node: run.key, attempt: number });
      },
      run.name,
    );
    const row = element(
      "tr",
      { "data-node": run.key, "data-attempt": String(number), "data-key": `${run.key}/${number}` },
      element("th", { scope: "row" }, open),
      element("td", { class: "number" }, String(number)),
      element("td", {}, badge(phaseOf(attempt))),
      element(
        "td",
        span === undefined ? {} : { title: fullMomentText(span.start) },
        span === undefined ? "–" : momentText(span.start),
      ),
      element(
        "td",
        { class: "number" },
        span === undefined
          ? "–"
          : span.hasStarted
            ? lengthText(span.end - span.start)
            : "never started",
      ),
      element("td", { class: "error-cell", title: error?.message ?? "" }, errorText(error)),
    );
    this.#markRow(row);
    return row;
  }

  #markRow(row: HTMLElement): void {
    const isChosen =
      row.dataset["node"] === this.#selection?.node &&
      row.dataset["attempt"] === String(this.#selection?.attempt);
    if (isChosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function errorText(error: { readonly code: string; readonly message: string } | undefined): string {
  if (error === undefined) return "";
  const [line = ""] = error.message.trim().split("\n", 1);
  return [error.code, line].filter((part) => part !== "").join(": ");
}
