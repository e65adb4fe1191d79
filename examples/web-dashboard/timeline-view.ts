import { isTerminal, phaseOf } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import { element } from "./dom.js";
import type { RunNode } from "./load-run.js";
import { toneOf } from "./phases.js";
import { lengthText, type Span, spanOf, ticksOf } from "./times.js";

/** What somebody chose in the timeline. */
export type Choice =
  | { readonly kind: "node"; readonly run: RunNode }
  | { readonly kind: "attempt"; readonly run: RunNode; readonly attempt: TaskExecution };

interface Row {
  readonly run: RunNode;
  readonly name: HTMLButtonElement;
  readonly track: HTMLDivElement;
}

/** Nodes and attempts as bars, drawn to scale over one axis of time. */
export class Timeline {
  readonly #chart = element("div", { class: "chart" });
  readonly #axis = element("div", { class: "axis", "aria-hidden": "true" });
  readonly #rows: Row[] = [];
  readonly #choose: (choice: Choice, from: HTMLElement) => void;

  constructor(choose: (choice: Choice, from: HTMLElement) => void) {
    this.#choose = choose;
    this.#chart.append(element("div"), this.#axis);
  }

  get element(): HTMLElement {
    return this.#chart;
  }

  /** Adds a node's row below another one's and what belongs to it. */
  addNode(run: RunNode, after: RunNode | undefined): void {
    const { node, depth } = run;
    const phase = phaseOf(node);
    const id = node.metadata?.specNodeId === "" ? undefined : node.metadata?.specNodeId;
    const text = id ?? node.id?.nodeId ?? "?";
    const name = element(
      "button",
      { type: "button", class: "name", "aria-label": `node ${text}, ${phase}: details` },
      element("span", { class: `phase ${toneOf(phase)}`, "aria-hidden": "true" }, symbolOf(phase)),
      ` ${text}`,
    );
    name.style.paddingLeft = `${depth * 18}px`;
    name.addEventListener("click", () => {
      this.#choose({ kind: "node", run }, name);
    });
    const track = element("div", {
      class: "track",
      role: "group",
      "aria-label": `attempts of ${text}`,
    });
    track.addEventListener("keydown", moveFocus);
    const row: Row = { run, name, track };
    const at = this.#placeAfter(after);
    const next = this.#rows[at];
    this.#rows.splice(at, 0, row);
    if (next === undefined) this.#chart.append(name, track);
    else next.name.before(name, track);
    this.draw();
  }

  /** Draws all bars anew: each arrival may stretch the axis. */
  draw(): void {
    const spans = this.#rows.flatMap(({ run }) => [
      nodeSpan(run) ?? [],
      run.attempts.flatMap((attempt) => attemptSpan(attempt) ?? []),
    ]);
    const all = spans.flat();
    if (all.length === 0) return;
    const scale: Span = {
      start: all.reduce((least, { start }) => Math.min(least, start), Infinity),
      end: all.reduce((most, { end }) => Math.max(most, end), -Infinity),
    };
    const ticks = ticksOf(scale);
    this.#axis.replaceChildren(
      ...ticks.map((tick) => {
        const isLast = tick > (scale.end - scale.start) * 0.93;
        const label = element(
          "span",
          { class: isLast ? "last" : "" },
          tick === 0 ? "0" : lengthText(tick),
        );
        label.style.left = percent(tick, scale);
        return label;
      }),
    );
    for (const row of this.#rows) this.#drawRow(row, scale, ticks);
  }

  #drawRow({ run, track }: Row, scale: Span, ticks: readonly number[]): void {
    const focused = [...track.querySelectorAll("button")].indexOf(
      document.activeElement as HTMLButtonElement,
    );
    const lines = ticks.map((tick) => {
      const line = element("i", { class: "grid" });
      line.style.left = percent(tick, scale);
      return line;
    });
    const own = nodeSpan(run);
    const bands = own === undefined ? [] : [bandOf(run, own, scale)];
    const bars = run.attempts.flatMap((attempt) => this.#bar(run, attempt, scale) ?? []);
    bars.forEach((bar, at) => {
      bar.tabIndex = at === 0 ? 0 : -1;
    });
    track.replaceChildren(...lines, ...bands, ...bars);
    bars[focused]?.focus();
  }

  #bar(run: RunNode, attempt: TaskExecution, scale: Span): HTMLButtonElement | undefined {
    const span = attemptSpan(attempt);
    if (span === undefined) return undefined;
    const phase = phaseOf(attempt);
    const number = attempt.id?.retryAttempt ?? 0;
    const text = `attempt ${number} of ${attempt.id?.nodeExecutionId?.nodeId ?? "?"}, ${phase}, ${lengthText(span.end - span.start)}`;
    const bar = element("button", {
      type: "button",
      class: `bar ${toneOf(phase)}`,
      "aria-label": text,
      "aria-pressed": "false",
      title: text,
    });
    place(bar, span, scale);
    bar.addEventListener("click", () => {
      for (const each of this.#chart.querySelectorAll('[aria-pressed="true"]')) {
        each.setAttribute("aria-pressed", "false");
      }
      bar.setAttribute("aria-pressed", "true");
      this.#choose({ kind: "attempt", run, attempt }, bar);
    });
    return bar;
  }

  /** Where a row goes that stands below another: behind that one's own children. */
  #placeAfter(after: RunNode | undefined): number {
    const from = this.#rows.findIndex(({ run }) => run === after);
    if (after === undefined || from < 0) return this.#rows.length;
    const isParent = after.node.metadata?.isParentNode === true;
    const end = this.#rows.findIndex(({ run }, at) => at > from && run.depth <= after.depth);
    return isParent ? from + 1 : end < 0 ? this.#rows.length : end;
  }
}

function symbolOf(phase: string): string {
  return { good: "✓", bad: "✗", busy: "▶", ended: "■", idle: "○" }[toneOf(phase)];
}

/** The whole time of a node, its waiting included, behind its attempts. */
function bandOf({ node }: RunNode, span: Span, scale: Span): HTMLElement {
  const band = element("i", { class: `span ${toneOf(phaseOf(node))}` });
  place(band, span, scale);
  return band;
}

function nodeSpan({ node }: RunNode): Span | undefined {
  return spanOf(node.closure, isTerminal(node));
}

function attemptSpan(attempt: TaskExecution): Span | undefined {
  return spanOf(attempt.closure, isTerminal(attempt));
}

function place(bar: HTMLElement, span: Span, scale: Span): void {
  bar.style.left = percent(span.start - scale.start, scale);
  bar.style.width = percent(span.end - span.start, scale);
}

function percent(offsetMs: number, { start, end }: Span): string {
  return `${((offsetMs / Math.max(1, end - start)) * 100).toFixed(3)}%`;
}

/** Arrow keys, Home and End go from bar to bar of a row; Tab goes to the next row. */
function moveFocus(event: KeyboardEvent): void {
  const { currentTarget: track, target } = event;
  if (!(track instanceof HTMLElement) || !(target instanceof HTMLButtonElement)) return;
  const bars = [...track.querySelectorAll("button")];
  const at = bars.indexOf(target);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: bars.length - 1,
  };
  const next = bars[steps[event.key] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  for (const bar of bars) bar.tabIndex = bar === next ? 0 : -1;
  next.focus();
}
