import { type AdminClient, isTerminal, logsOf, phaseOf, subAttemptsOf } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import type { Slot } from "./activity.js";
import { deckView } from "./deck-view.js";
import { button, element, facts, skeleton } from "./dom.js";
import { detailOf } from "./errors.js";
import { logLinks } from "./logs-view.js";
import { badge, icon, phaseText, toneOf } from "./phases.js";
import { resultView } from "./result-view.js";
import { formatRoute, type Route, routeTo } from "./route.js";
import { launchedBy, type RunNode } from "./run-model.js";
import type { TimeWindow } from "./time-scale.js";
import { fullMomentText, lengthText, spanOf } from "./times.js";
import type { Selection } from "./selection.js";

/** Actions of the page that the details can call. */
export interface DetailsActions {
  readonly select: (selection: Selection) => void;
  readonly close: () => void;
  readonly zoomTo: (window: TimeWindow) => void;
  readonly route: () => Route;
}

const maxChips = 300;

/** The result of a node or of one of its attempts: times, error, inputs, outputs, logs, deck. */
export class Details {
  readonly element: HTMLElement;
  readonly #admin: AdminClient;
  readonly #reading: Slot;
  readonly #actions: DetailsActions;
  #shown = "";

  constructor(admin: AdminClient, box: HTMLElement, reading: Slot, actions: DetailsActions) {
    this.element = box;
    this.#admin = admin;
    this.#reading = reading;
    this.#actions = actions;
  }

  hide(): void {
    this.#shown = "";
    this.#reading.clear();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** Shows a selection, or its next state; what has not changed is left as it is. */
  show(run: RunNode, number: number | undefined): void {
    const attempt = run.attempts.find(({ id }) => id?.retryAttempt === number);
    const subject = attempt ?? run.node;
    const state = [
      run.key,
      number,
      run.phase,
      phaseOf(subject),
      run.attempts.length,
      run.failures,
    ].join();
    if (state === this.#shown) return;
    const isOther = !this.#shown.startsWith([run.key, number, ""].join());
    this.#shown = state;
    const heading = element(
      "h3",
      { id: "details-heading", tabindex: "-1" },
      attempt === undefined ? `Node ${run.name}` : `Attempt ${number ?? 0} of ${run.name}`,
    );
    this.element.hidden = false;
    this.element.replaceChildren(
      element(
        "div",
        { class: "details-head" },
        heading,
        badge(phaseOf(subject)),
        button({ class: "close" }, this.#actions.close, "Close"),
      ),
      this.#chips(run, number),
      this.#facts(run, attempt),
    );
    if (isOther) {
      this.element.scrollTop = 0;
      heading.focus({ preventScroll: true });
    }
    this.#read(run, attempt);
  }

  /** All attempts of the node, each of which can be chosen whatever the timeline looks like. */
  #chips({ key, name, attempts }: RunNode, number: number | undefined): HTMLElement | string {
    if (attempts.length === 0) return "";
    const chip = (at: number | undefined, label: string, ...content: readonly (Node | string)[]) =>
      button(
        { class: "chip", "aria-pressed": String(at === number), "aria-label": label },
        () => {
          this.#actions.select({ node: key, attempt: at });
        },
        ...content,
      );
    const more = attempts.length - maxChips;
    return element(
      "div",
      { class: "chips", role: "group", "aria-label": `Attempts of ${name}` },
      chip(undefined, `Node ${name}`, "Node"),
      ...attempts.slice(0, maxChips).map((attempt) => {
        const at = attempt.id?.retryAttempt ?? 0;
        const phase = phaseOf(attempt);
        return chip(at, `Attempt ${at}, ${phaseText(phase)}`, icon(toneOf(phase)), String(at));
      }),
      ...(more > 0 ? [element("span", { class: "quiet" }, `and ${more} more in the table`)] : []),
    );
  }

  #facts({ node, key }: RunNode, attempt: TaskExecution | undefined): HTMLElement {
    const subject = attempt ?? node;
    const span = spanOf(subject.closure, isTerminal(subject));
    const launched = launchedBy(node);
    const rows: (readonly [string, Node | string])[] = [["Id", element("code", {}, key)]];
    if (span !== undefined) {
      rows.push([span.hasStarted ? "Started" : "Created", fullMomentText(span.start)]);
      rows.push(["Took", span.hasStarted ? lengthText(span.end - span.start) : "never started"]);
    }
    const task = attempt?.id?.taskId;
    if (task !== undefined) rows.push(["Task", `${task.name} ${task.version}`]);
    if (attempt?.closure?.reason) rows.push(["Reason", attempt.closure.reason]);
    if (launched !== undefined && attempt === undefined) {
      const href = formatRoute(routeTo(launched, this.#actions.route()));
      rows.push(["Launched", element("a", { href }, launched.name)]);
    }
    const list = facts(rows);
    if (span !== undefined) {
      list.append(
        button(
          { class: "link" },
          () => {
            this.#actions.zoomTo(span);
          },
          "Zoom to it",
        ),
      );
    }
    return list;
  }

  #read(run: RunNode, attempt: TaskExecution | undefined): void {
    const { nodeExecutions, taskExecutions } = this.#admin;
    const outputs = section("Result");
    const inputs = section("Inputs");
    this.element.append(outputs.box);
    if (attempt !== undefined) this.#logs(attempt);
    this.element.append(inputs.box);
    this.#reading.start(
      async (signal) => {
        if (attempt === undefined && (run.node.closure?.deckUri ?? "") !== "") {
          const deck = section("Deck");
          deck.body.replaceChildren(deckView(this.#admin, run.node, signal));
          inputs.box.before(deck.box);
        }
        const read = [
          attempt === undefined
            ? // Lists cut a node's error: asked by its id, it comes whole.
              nodeExecutions.outputs(run.node.id ?? run.node, { signal })
            : taskExecutions.outputs(attempt, { signal }),
          attempt === undefined
            ? nodeExecutions.inputs(run.node, { signal })
            : taskExecutions.inputs(attempt, { signal }),
        ] as const;
        await Promise.all([
          fill(
            outputs,
            read[0].then((result) => resultView(result, "outputs")),
            signal,
          ),
          fill(
            inputs,
            read[1].then((result) => resultView(result, "inputs")),
            signal,
          ),
        ]);
      },
      () => undefined,
    );
  }

  #logs(attempt: TaskExecution): void {
    const logs = logsOf(attempt);
    if (logs.length > 0) {
      const { box, body } = section("Logs");
      body.replaceChildren(logLinks(logs));
      this.element.append(box);
    }
    const parts = subAttemptsOf(attempt);
    if (parts.length === 0) return;
    const { box, body } = section("Sub-tasks");
    const counts = new Map<string, number>();
    for (const { phase } of parts) counts.set(phase, (counts.get(phase) ?? 0) + 1);
    body.replaceChildren(
      ...[...counts].map(([phase, count]) =>
        element("span", { class: "count-of" }, badge(phase), ` ${count}`),
      ),
    );
    this.element.append(box);
  }
}

interface Section {
  readonly box: HTMLElement;
  readonly body: HTMLElement;
}

function section(title: string): Section {
  const body = element("div", { class: "section-body" }, skeleton(2));
  return { box: element("section", {}, element("h4", {}, title), body), body };
}

async function fill({ body }: Section, content: Promise<Node>, signal: AbortSignal): Promise<void> {
  try {
    body.replaceChildren(await content);
  } catch (error) {
    const text = signal.aborted ? "Stopped." : `It could not be read: ${detailOf(error)}`;
    body.replaceChildren(element("p", { class: "quiet" }, text));
  }
}
