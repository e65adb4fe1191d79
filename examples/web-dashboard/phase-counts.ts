import { phaseOf } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { button, element } from "./dom.js";
import { icon, phaseText, toneOf } from "./phases.js";
import { phases } from "./list-query.js";
import { formatRoute, listOf, type Route } from "./route.js";

/** Phases that every list offers; the others appear where there are any. */
const usual: readonly string[] = ["RUNNING", "SUCCEEDED", "FAILED", "ABORTED"];

/**
 * A filter by phase that says how many there are of each. FlyteAdmin does not count: these are
 * counts of the executions that are loaded, and with a phase chosen, those from before it was.
 */
export class PhaseCounts {
  readonly #box: HTMLElement;
  readonly #choose: (phase: string | undefined) => void;
  /** The last count without a phase, and the list that it is of. */
  #counted: ReadonlyMap<string, number> = new Map();
  #countedIn = "";
  #isPart = false;
  #route: Route = {};

  constructor(box: HTMLElement, choose: (phase: string | undefined) => void) {
    this.#box = box;
    this.#choose = choose;
  }

  /** A list is loaded: its counts are not known yet. */
  begin(route: Route): void {
    this.#route = route;
    const list = formatRoute({ ...listOf(route), phase: undefined });
    if (list !== this.#countedIn || route.phase === undefined) this.#counted = new Map();
    this.#countedIn = list;
    this.#draw();
  }

  /** @param isPart whether there are more that are not loaded */
  show(executions: readonly Execution[], isPart: boolean): void {
    const counts = new Map<string, number>();
    for (const execution of executions) {
      const phase = phaseOf(execution);
      counts.set(phase, (counts.get(phase) ?? 0) + 1);
    }
    const { phase } = this.#route;
    if (phase === undefined) {
      this.#counted = counts;
      this.#isPart = isPart;
    } else if (!this.#counted.has(phase)) {
      this.#counted = new Map([...this.#counted, [phase, counts.get(phase) ?? 0]]);
      this.#isPart = isPart;
    }
    this.#draw();
  }

  #draw(): void {
    const chosen = this.#route.phase;
    const shown = phases.filter(
      (phase) => usual.includes(phase) || phase === chosen || (this.#counted.get(phase) ?? 0) > 0,
    );
    const focused = document.activeElement;
    const focusedPhase =
      focused instanceof HTMLElement && this.#box.contains(focused)
        ? focused.dataset["phase"]
        : undefined;
    this.#box.replaceChildren(
      this.#chip("", "All", chosen === undefined),
      ...shown.map((phase) => this.#chip(phase, phaseText(phase), phase === chosen)),
    );
    if (focusedPhase !== undefined) {
      this.#box.querySelector<HTMLElement>(`[data-phase="${focusedPhase}"]`)?.focus();
    }
  }

  #chip(phase: string, text: string, isChosen: boolean): HTMLElement {
    const count = this.#counted.get(phase);
    const more = this.#isPart && count !== undefined ? "+" : "";
    return button(
      { class: "chip", "aria-pressed": String(isChosen), "data-phase": phase },
      () => {
        this.#choose(phase === "" || isChosen ? undefined : phase);
      },
      ...(phase === "" ? [] : [icon(toneOf(phase))]),
      text,
      ...(count === undefined ? [] : [element("span", { class: "chip-count" }, `${count}${more}`)]),
    );
  }
}
