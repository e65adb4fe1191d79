import { type AdminClient, isFlyteError, isTerminal, outcomeOf, phaseOf } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { AttemptsTable } from "./attempts-table.js";
import type { Slot } from "./activity.js";
import { Details } from "./details-view.js";
import { byId, element, emptyState, facts, skeleton } from "./dom.js";
import { detailOf, type ErrorPlace, errorPanel } from "./errors.js";
import { followRun } from "./load-run.js";
import { badge, phaseText } from "./phases.js";
import { errorBlock, resultView } from "./result-view.js";
import { formatRoute, listOf, type Route, routeTo, type Tab, tabs } from "./route.js";
import type { Router } from "./router.js";
import { type Run, runOf } from "./run-model.js";
import { TabBar } from "./tab-bar.js";
import { fullMomentText, lengthText, spanOf } from "./times.js";
import type { Selection } from "./selection.js";
import { Timeline } from "./timeline-view.js";

/** Dependencies of the view of a run. */
export interface RunViewParts {
  readonly admin: AdminClient;
  readonly router: Router;
  readonly loading: Slot;
  readonly reading: Slot;
  readonly outputs: Slot;
  readonly place: Omit<ErrorPlace, "task">;
  /** Says something to those who do not see the page. */
  readonly announce: (text: string) => void;
  /** Hears of each state of the execution. */
  readonly onExecution: (execution: Execution) => void;
}

/** One execution: its summary, its nodes and attempts, its data. */
export class RunView {
  readonly #parts: RunViewParts;
  readonly #heading = byId("run-heading", HTMLHeadingElement);
  readonly #phase = byId("run-phase", HTMLSpanElement);
  readonly #status = byId("run-status", HTMLParagraphElement);
  readonly #summary = byId("run-summary", HTMLDivElement);
  readonly #message = byId("run-message", HTMLDivElement);
  readonly #panels: Readonly<Record<Tab, HTMLElement>>;
  readonly #tabBar: TabBar;
  readonly #timeline: Timeline;
  readonly #attempts: AttemptsTable;
  readonly #details: Details;
  #run: Run | undefined;
  #isWhole = false;
  #problem = "";
  #dataOf: string | undefined;

  constructor(parts: RunViewParts) {
    this.#parts = parts;
    const select = (selection: Selection): void => {
      this.#select(selection);
    };
    this.#timeline = new Timeline(select);
    this.#attempts = new AttemptsTable(select);
    this.#panels = {
      timeline: byId("panel-timeline", HTMLDivElement),
      attempts: byId("panel-attempts", HTMLDivElement),
      data: byId("panel-data", HTMLDivElement),
    };
    this.#panels.timeline.append(this.#timeline.element);
    this.#panels.attempts.append(this.#attempts.element);
    this.#tabBar = new TabBar(byId("run-tabs", HTMLDivElement), (tab) => {
      parts.router.replace({ tab });
    });
    this.#details = new Details(parts.admin, byId("details", HTMLElement), parts.reading, {
      select,
      close: () => {
        this.#close();
      },
      zoomTo: (window) => {
        // Where the details take the whole pane, they give way to what was asked for.
        const isNarrow = matchMedia("(max-width: 600px)").matches;
        const closed = isNarrow ? { node: undefined, attempt: undefined } : {};
        parts.router.replace({ tab: "timeline", ...closed });
        this.#timeline.zoomTo(window);
      },
      route: () => parts.router.route,
    });
    this.#details.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  /** Opens the execution that a route names. */
  open(route: Route): void {
    const { name = "", project = "", domain = "" } = route;
    const { loading, outputs, admin, announce, onExecution } = this.#parts;
    this.#run = undefined;
    this.#isWhole = false;
    this.#problem = "";
    this.#dataOf = undefined;
    outputs.clear();
    this.#heading.textContent = name;
    this.#status.textContent = "Loading …";
    this.#phase.replaceChildren();
    this.#summary.replaceChildren(skeleton(2));
    this.#message.replaceChildren(skeleton(8));
    this.#details.hide();
    this.#tabBar.hide();
    for (const panel of Object.values(this.#panels)) panel.hidden = true;
    let spoken = "";
    loading.start(
      (signal) =>
        followRun(
          admin,
          {
            $typeName: "flyteidl.core.WorkflowExecutionIdentifier",
            project,
            domain,
            name,
            org: "",
          },
          {
            onExecution: (execution) => {
              this.#showSummary(execution);
              onExecution(execution);
            },
            onTree: (tree, isWhole) => {
              this.#isWhole ||= isWhole;
              this.#showRun(runOf(tree));
              onExecution(tree.execution);
              const phase = phaseOf(tree.execution);
              if (isWhole && spoken !== phase)
                announce(`${name}: ${phaseText(phase)}, ${this.#countText()}`);
              if (isWhole) spoken = phase;
            },
            onRefresh: (error) => {
              this.#problem = error === undefined ? "" : "refresh failed, trying again";
              this.#status.title = error === undefined ? "" : detailOf(error);
              this.#showStatus();
            },
          },
          signal,
        ),
      (error) => {
        this.#fail(error);
      },
    );
  }

  /** Shows the part and the selection that a route names. */
  show(route: Route): void {
    if (this.#run === undefined) return;
    const tab = route.tab ?? "timeline";
    const isEmpty = this.#run.nodes.length === 0 && tab !== "data";
    this.#tabBar.show(tab);
    this.#message.replaceChildren(...(isEmpty ? [this.#emptyRun(this.#run.execution)] : []));
    for (const each of tabs) this.#panels[each].hidden = each !== tab || isEmpty;
    if (tab === "attempts") this.#attempts.draw();
    if (tab === "timeline") this.#timeline.draw();
    if (tab === "data") this.#showData();
    const selection =
      route.node === undefined ? undefined : { node: route.node, attempt: route.attempt };
    this.#timeline.mark(selection);
    this.#attempts.mark(selection);
    const node = this.#run.nodes.find(({ key }) => key === selection?.node);
    if (node === undefined || tab === "data") this.#details.hide();
    else this.#details.show(node, route.attempt);
  }

  #showRun(run: Run): void {
    this.#run = run;
    this.#showSummary(run.execution);
    if (run.nodes.length === 0 && !this.#isWhole) return;
    this.#timeline.show(run);
    this.#attempts.show(run);
    this.show(this.#parts.router.route);
    this.#showStatus();
  }

  #emptyRun(execution: Execution): HTMLElement {
    const text = !isTerminal(execution)
      ? "It is waiting for the cluster. Nodes appear here as they begin."
      : phaseOf(execution) === "SUCCEEDED"
        ? "It ended without running one."
        : "It ended before the first one began: the reason is above, or in the log of FlytePropeller.";
    return emptyState("This execution has no nodes", text);
  }

  #showStatus(): void {
    if (this.#run === undefined) return;
    const isLive = this.#isWhole && !isTerminal(this.#run.execution);
    const parts = [
      this.#isWhole ? this.#countText() : `${this.#countText()} …`,
      ...(this.#problem === "" ? [] : [this.#problem]),
    ];
    this.#status.replaceChildren(parts.join(" · "));
    if (isLive) this.#status.append(element("span", { class: "live" }, "Live"));
  }

  #countText(): string {
    const nodes = this.#run?.nodes ?? [];
    const attempts = nodes.reduce((sum, node) => sum + node.attempts.length, 0);
    const failed = nodes.reduce((sum, node) => sum + node.failures, 0);
    const count = (number: number, word: string): string =>
      `${number} ${word}${number === 1 ? "" : "s"}`;
    return `${count(nodes.length, "node")}, ${count(attempts, "attempt")}${failed === 0 ? "" : `, ${failed} failed`}`;
  }

  #showSummary(execution: Execution): void {
    const { closure, spec } = execution;
    const { route } = this.#parts.router;
    const span = spanOf(closure, isTerminal(execution));
    const parent = spec?.metadata?.parentNodeExecution;
    const rows: (readonly [string, Node | string])[] = [
      ["Workflow", closure?.workflowId?.name ?? spec?.launchPlan?.name ?? "unknown"],
    ];
    const version = closure?.workflowId?.version ?? "";
    if (version !== "") rows.push(["Version", version]);
    if (span !== undefined) {
      rows.push([span.hasStarted ? "Started" : "Created", fullMomentText(span.start)]);
      rows.push([span.isOpen ? "Running for" : "Took", lengthText(span.end - span.start)]);
    }
    if (spec?.metadata?.principal) rows.push(["By", spec.metadata.principal]);
    if (parent?.executionId !== undefined) {
      const href = formatRoute({ ...routeTo(parent.executionId, route), node: parent.nodeId });
      rows.push([
        "Launched by",
        element("a", { href }, `${parent.executionId.name} / ${parent.nodeId}`),
      ]);
    }
    const tags = tagsOf(execution);
    if (tags.length > 0) {
      const links = tags.map((tag) => {
        const href = formatRoute({ ...listOf(route), tag });
        return element("a", { class: "tag", href, title: `List executions with ${tag}` }, tag);
      });
      rows.push(["Tags", element("span", { class: "tags" }, ...links)]);
    }
    this.#phase.replaceChildren(badge(phaseOf(execution)));
    this.#summary.replaceChildren(facts(rows), ...reasonOf(execution));
  }

  #showData(): void {
    const execution = this.#run?.execution;
    if (execution === undefined) return;
    // Inputs stay, outputs come when it ends: each phase is read once.
    const state = `${execution.id?.name ?? ""} ${phaseOf(execution)}`;
    if (state === this.#dataOf) return;
    this.#dataOf = state;
    const part = (title: string) => {
      const body = element("div", {}, skeleton(3));
      return { body, box: element("section", {}, element("h3", {}, title), body) };
    };
    const inputs = part("Inputs");
    const outputs = part("Outputs");
    this.#panels.data.replaceChildren(inputs.box, outputs.box);
    const { admin, place } = this.#parts;
    this.#parts.outputs.start(
      async (signal) => {
        const read = async (what: "inputs" | "outputs", body: HTMLElement): Promise<void> => {
          body.replaceChildren(
            resultView(await admin.executions[what](execution, { signal }), what),
          );
        };
        await Promise.all([read("inputs", inputs.body), read("outputs", outputs.body)]);
      },
      (error) => {
        this.#dataOf = undefined;
        const task = "read the data of this execution";
        const panel = errorPanel(error, { ...place, task }, () => {
          this.#showData();
        });
        this.#panels.data.replaceChildren(panel);
      },
    );
  }

  #select({ node, attempt }: Selection): void {
    const { router } = this.#parts;
    const patch = { node, attempt };
    // The first selection is a step of its own, so that Back closes the details.
    if (router.route.node === undefined) router.go(patch);
    else router.replace(patch);
  }

  #close(): void {
    const { router } = this.#parts;
    const { node = "", attempt, tab } = router.route;
    router.replace({ node: undefined, attempt: undefined });
    if (tab === "attempts") this.#attempts.focus(node, attempt);
    else this.#timeline.focus(node, attempt);
  }

  #fail(error: unknown): void {
    const { place, router } = this.#parts;
    if (isFlyteError(error, "CANCELLED")) {
      this.#status.textContent =
        this.#run === undefined ? "Stopped" : `${this.#countText()} · stopped`;
      if (this.#run === undefined) this.#message.replaceChildren();
      return;
    }
    this.#status.textContent = "";
    this.#summary.replaceChildren();
    const task = `load the execution ${router.route.name ?? ""}`;
    this.#message.replaceChildren(
      errorPanel(error, { ...place, task }, () => {
        this.open(router.route);
      }),
    );
  }
}

/** Why it ended as it did, where it did not succeed. */
function reasonOf(execution: Execution): readonly HTMLElement[] {
  const outcome = outcomeOf(execution);
  if (outcome.kind === "error") return [errorBlock(outcome.error.code, outcome.error.message)];
  if (outcome.kind !== "aborted") return [];
  const by = outcome.principal === "" ? "" : ` by ${outcome.principal}`;
  return [
    element(
      "div",
      { class: "task-error ended" },
      element("p", { class: "task-error-code" }, `Aborted${by}`),
      element("p", {}, outcome.cause === "" ? "No cause was given." : outcome.cause),
    ),
  ];
}

/** Tags, and labels as `key=value`: both can be filtered by. */
function tagsOf({ spec }: Execution): readonly string[] {
  const labels = Object.entries(spec?.labels?.values ?? {});
  return [...(spec?.tags ?? []), ...labels.map(([key, value]) => `${key}=${value}`)];
}
