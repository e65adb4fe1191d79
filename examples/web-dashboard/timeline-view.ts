import { phaseOf } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import { button, element } from "./dom.js";
import { icon, phaseText, type Tone, toneOf } from "./phases.js";
import {
  attemptsText,
  attemptSpan,
  attemptsWindow,
  launchedBy,
  nodeSpan,
  type Run,
  type RunNode,
  windowOf,
} from "./run-model.js";
import {
  around,
  marksOf,
  panned,
  type Tick,
  ticksOf,
  type TimeWindow,
  zoomed,
} from "./time-scale.js";
import { fullMomentText, lengthText, type Span } from "./times.js";
import { moveInGrid } from "./timeline-keys.js";

/** A node, or an attempt of it. */
export interface Selection {
  readonly node: string;
  readonly attempt?: number | undefined;
}

interface Row {
  readonly element: HTMLElement;
  readonly twisty: HTMLElement;
  readonly name: HTMLButtonElement;
  readonly counts: HTMLElement;
  readonly track: HTMLElement;
  run: RunNode;
}

interface Bar extends Span {
  readonly attempt: TaskExecution;
}

/** A mark narrower than this is hard to hit. */
const leastBarPx = 12;

/** Nodes and attempts as bars, drawn to scale over one axis of time that can be zoomed. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #axis = element("div", { class: "axis", "aria-hidden": "true" });
  readonly #lines = element("div", { class: "grid-lines", "aria-hidden": "true" });
  readonly #body = element("div", { class: "timeline-body", role: "rowgroup" });
  readonly #note = element("p", { class: "axis-note quiet" });
  readonly #rows = new Map<string, Row>();
  readonly #collapsed = new Set<string>();
  readonly #select: (selection: Selection) => void;
  #run: Run | undefined;
  #zoom: TimeWindow | undefined;
  #selection: Selection | undefined;

  constructor(select: (selection: Selection) => void) {
    this.#select = select;
    const head = element(
      "div",
      { class: "timeline-head", role: "row" },
      element("span", { role: "columnheader" }, "Node"),
      element("span", { role: "columnheader", class: "counts-head" }, "Attempts"),
      element("div", { role: "columnheader", "aria-label": "Time since the start" }, this.#axis),
    );
    const grid = element(
      "div",
      { class: "timeline", role: "treegrid", "aria-label": "Nodes and attempts over time" },
      element("div", { role: "rowgroup", class: "timeline-top" }, head),
      this.#lines,
      this.#body,
    );
    grid.addEventListener("keydown", (event) => {
      this.#onKey(event);
    });
    grid.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement) this.#rove(target);
    });
    this.#dragToZoom();
    this.element = element("div", { class: "timeline-box" }, this.#tools(), grid);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.#axis);
  }

  /** Shows a run, or its next state: rows, focus and zoom stay. */
  show(run: Run): void {
    this.#run = run;
    const kept = new Set(run.nodes.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (kept.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    let place: Element | null = this.#body.firstElementChild;
    for (const node of run.nodes) {
      const row = this.#rows.get(node.key) ?? this.#addRow(node);
      row.run = node;
      if (row.element !== place) this.#body.insertBefore(row.element, place);
      else place = place.nextElementSibling;
      this.#fill(row);
    }
    if (this.#body.querySelector('[tabindex="0"]') === null) {
      const first = this.#body.querySelector<HTMLElement>(".name");
      if (first !== null) first.tabIndex = 0;
    }
    this.#fold();
    this.draw();
  }

  /** Marks what is selected. */
  mark(selection: Selection | undefined): void {
    this.#selection = selection;
    for (const [key, { element: row }] of this.#rows) {
      row.setAttribute("aria-selected", String(key === selection?.node));
    }
    this.draw();
    if (selection === undefined) return;
    // The details take a part of the height: what they are about stays in sight.
    requestAnimationFrame(() => {
      this.#rows.get(selection.node)?.element.scrollIntoView({ block: "nearest" });
    });
  }

  /** Puts the focus on a node, or on the bar of its attempt. */
  focus(key: string, attempt?: number): void {
    const row = this.#rows.get(key);
    const bar = row?.track.querySelector<HTMLElement>(
      `[data-key="${CSS.escape(`${key}/${attempt ?? ""}`)}"]`,
    );
    (bar ?? row?.name)?.focus();
  }

  /** Zooms to a stretch of time. */
  zoomTo(window: TimeWindow): void {
    const bounds = this.#bounds();
    if (bounds === undefined) return;
    this.#zoom = around(window, bounds);
    this.draw();
  }

  /** Draws axis and bars. */
  draw(): void {
    const bounds = this.#bounds();
    const width = this.#axis.clientWidth;
    if (bounds === undefined || width === 0) return;
    const window = this.#zoom ?? bounds;
    const ticks = ticksOf(window, bounds.start, width);
    this.#drawAxis(ticks, bounds);
    for (const row of this.#rows.values()) {
      if (!row.element.hidden) this.#drawTrack(row, window, width);
    }
  }

  #bounds(): (TimeWindow & { readonly isCut: boolean }) | undefined {
    return this.#run && windowOf(this.#run, Date.now());
  }

  #tools(): HTMLElement {
    const change =
      (next: (window: TimeWindow, bounds: TimeWindow) => TimeWindow | undefined) => () => {
        const bounds = this.#bounds();
        if (bounds === undefined) return;
        this.#zoom = next(this.#zoom ?? bounds, bounds);
        this.draw();
      };
    const tool = (label: string, text: string, act: () => void): HTMLElement =>
      button({ class: "tool", "aria-label": label, title: label }, act, text);
    return element(
      "div",
      { class: "timeline-tools", role: "toolbar", "aria-label": "Zoom" },
      this.#note,
      tool(
        "Zoom in",
        "+",
        change((window, bounds) => zoomed(window, bounds, 0.4)),
      ),
      tool(
        "Zoom out",
        "−",
        change((window, bounds) => zoomed(window, bounds, 2.5)),
      ),
      tool(
        "Earlier",
        "‹",
        change((window, bounds) => panned(window, bounds, -0.5)),
      ),
      tool(
        "Later",
        "›",
        change((window, bounds) => panned(window, bounds, 0.5)),
      ),
      tool("Zoom to the attempts", "Attempts", () => {
        const window = this.#run && attemptsWindow(this.#run, Date.now());
        if (window !== undefined) this.zoomTo(window);
      }),
      tool(
        "Show the whole run",
        "Whole run",
        change(() => undefined),
      ),
    );
  }

  #drawAxis(ticks: readonly Tick[], { isCut }: { readonly isCut: boolean }): void {
    this.#axis.replaceChildren(
      ...ticks.map(({ x, label }) => {
        const tick = element("span", {}, label);
        tick.style.setProperty("--x", `${x}px`);
        return tick;
      }),
    );
    this.#lines.replaceChildren(
      ...ticks.map(({ x }) => {
        const line = element("i");
        line.style.left = `${x}px`;
        return line;
      }),
    );
    this.#note.textContent = isCut
      ? "Nothing has happened for long: the axis ends at the last event."
      : "";
  }

  #addRow(run: RunNode): Row {
    const twisty = element("span", { class: "twisty", "aria-hidden": "true" });
    const name = button({ class: "name", tabindex: "-1" }, () => {
      this.#select({ node: run.key });
    });
    const counts = element("span", { class: "counts", role: "gridcell" });
    const track = element("div", { class: "track", role: "gridcell" });
    const row: Row = {
      element: element(
        "div",
        { class: "timeline-row", role: "row", "data-node": run.key, "aria-selected": "false" },
        element("div", { class: "name-cell", role: "rowheader" }, twisty, name),
        counts,
        track,
      ),
      twisty,
      name,
      counts,
      track,
      run,
    };
    twisty.addEventListener("click", () => {
      this.#toggle(run.key);
    });
    this.#rows.set(run.key, row);
    return row;
  }

  #fill({ element: row, name, counts, run, track }: Row): void {
    const text = attemptsText(run);
    const launched = launchedBy(run.node) === undefined ? "" : ", launched an execution";
    row.setAttribute("aria-level", String(run.depth + 1));
    row.style.setProperty("--depth", String(run.depth));
    name.setAttribute(
      "aria-label",
      `${run.name}, ${phaseText(run.phase)}${text === "" ? "" : `, ${text}`}${launched}`,
    );
    name.title = run.key;
    name.replaceChildren(icon(toneOf(run.phase)), element("span", {}, run.name));
    if (launched !== "")
      name.append(element("span", { class: "launched", "aria-hidden": "true" }, "↗"));
    track.setAttribute("aria-label", `${run.attempts.length} attempts of ${run.name}`);
    counts.setAttribute("aria-label", text);
    counts.replaceChildren(
      ...(run.failures > 0
        ? [
            element(
              "span",
              { class: "count bad" },
              String(run.failures),
              element("span", { class: "word" }, " failed"),
            ),
          ]
        : []),
      ...(run.attempts.length > 1
        ? [element("span", { class: "count" }, `${run.attempts.length}`)]
        : []),
    );
  }

  #toggle(key: string): void {
    if (!this.#collapsed.delete(key)) this.#collapsed.add(key);
    this.#fold();
    this.draw();
  }

  #fold(): void {
    const hidden = new Set<string>();
    for (const { element: row, run, twisty } of this.#inOrder()) {
      const isHidden =
        run.parent !== undefined && (hidden.has(run.parent) || this.#collapsed.has(run.parent));
      if (isHidden) hidden.add(run.key);
      row.hidden = isHidden;
      twisty.textContent = run.hasChildren ? (this.#collapsed.has(run.key) ? "▸" : "▾") : "";
      if (run.hasChildren) row.setAttribute("aria-expanded", String(!this.#collapsed.has(run.key)));
      else row.removeAttribute("aria-expanded");
    }
  }

  #inOrder(): Row[] {
    return (this.#run?.nodes ?? []).flatMap(({ key }) => this.#rows.get(key) ?? []);
  }

  #drawTrack({ run, track }: Row, window: TimeWindow, width: number): void {
    const now = Date.now();
    const focused = document.activeElement;
    const focusedKey =
      focused instanceof HTMLElement && track.contains(focused)
        ? focused.dataset["key"]
        : undefined;
    const own = nodeSpan(run, now);
    const bands =
      own === undefined
        ? []
        : marksOf([own], window, width, 2).map(({ x, width: w }) =>
            placed("i", `band ${toneOf(run.phase)}`, x, w),
          );
    const spans = run.attempts.flatMap((attempt): Bar[] => {
      const span = attemptSpan(attempt, now);
      return span === undefined ? [] : [{ ...span, attempt }];
    });
    const bars = marksOf(spans, window, width, leastBarPx).map(({ items, x, width: w }) => {
      const bar = items.length > 1 ? this.#cluster(run, items) : this.#bar(run, items[0]!);
      bar.style.left = `${x}px`;
      bar.style.width = `${w}px`;
      return bar;
    });
    track.replaceChildren(...bands, ...bars);
    if (focusedKey !== undefined) {
      const again = bars.find(({ dataset }) => dataset["key"] === focusedKey) ?? bars[0];
      (again ?? this.#rows.get(run.key)?.name)?.focus({ preventScroll: true });
    }
  }

  #bar(run: RunNode, { attempt, start, end, hasStarted, isOpen }: Bar): HTMLElement {
    const phase = phaseOf(attempt);
    const number = attempt.id?.retryAttempt ?? 0;
    const took = hasStarted ? lengthText(end - start) : "never started";
    const label = `Attempt ${number} of ${run.name}, ${phaseText(phase)}, ${took}`;
    const isChosen = this.#selection?.node === run.key && this.#selection.attempt === number;
    const kind = `${hasStarted ? "" : " unstarted"}${isOpen ? " open" : ""}`;
    return button(
      {
        class: `bar ${toneOf(phase)}${kind}`,
        "aria-label": label,
        "aria-pressed": String(isChosen),
        "data-key": `${run.key}/${number}`,
        title: `${label}\n${fullMomentText(start)}`,
        tabindex: "-1",
      },
      () => {
        this.#select({ node: run.key, attempt: number });
      },
    );
  }

  /** Attempts that lie on each other: they are told apart in the details, or by zooming in. */
  #cluster(run: RunNode, bars: readonly Bar[]): HTMLElement {
    const tones = bars.map(({ attempt }) => toneOf(phaseOf(attempt)));
    const failed = tones.filter((tone) => tone === "bad").length;
    const label = `${bars.length} attempts of ${run.name}, ${failed} failed: choose one`;
    const tone: Tone = failed > 0 ? "bad" : (tones.at(-1) ?? "idle");
    const isChosen =
      this.#selection?.node === run.key &&
      bars.some(({ attempt }) => attempt.id?.retryAttempt === this.#selection?.attempt);
    return button(
      {
        class: `bar cluster ${tone}`,
        "aria-label": label,
        "aria-pressed": String(isChosen),
        "data-key": `${run.key}/${bars[0]?.attempt.id?.retryAttempt ?? 0}`,
        title: label,
        tabindex: "-1",
      },
      () => {
        this.#select({ node: run.key, attempt: bars.at(-1)?.attempt.id?.retryAttempt });
      },
      element("span", {}, `${bars.length}`),
    );
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target;
    const row = target instanceof HTMLElement ? target.closest<HTMLElement>("[data-node]") : null;
    if (!(target instanceof HTMLElement) || row === null) return;
    const key = row.dataset["node"] ?? "";
    const run = this.#rows.get(key)?.run;
    const isExpanded = run?.hasChildren === true && !this.#collapsed.has(key);
    const isName = target.matches(".name");
    if (isName && event.key === "ArrowRight" && run?.hasChildren === true && !isExpanded)
      this.#toggle(key);
    else if (isName && event.key === "ArrowLeft" && isExpanded) this.#toggle(key);
    else if (isName && event.key === "ArrowLeft" && run?.parent !== undefined)
      this.focus(run.parent);
    else if (!moveInGrid(this.#body, target, event.key)) return;
    event.preventDefault();
  }

  /** Tab reaches one thing in the grid: what was focused last. */
  #rove(target: HTMLElement): void {
    if (!target.matches(".name, .bar")) return;
    for (const item of this.#body.querySelectorAll<HTMLElement>('[tabindex="0"]'))
      item.tabIndex = -1;
    target.tabIndex = 0;
  }

  /** Dragging over the axis zooms to what was dragged over. */
  #dragToZoom(): void {
    this.#axis.addEventListener("pointerdown", (down) => {
      const bounds = this.#bounds();
      if (bounds === undefined || down.button !== 0) return;
      const left = this.#axis.getBoundingClientRect().left;
      const from = down.clientX - left;
      const shade = placed("i", "shade", from, 0);
      this.#axis.append(shade);
      this.#axis.setPointerCapture(down.pointerId);
      const move = (event: PointerEvent): void => {
        const to = event.clientX - left;
        shade.style.left = `${Math.min(from, to)}px`;
        shade.style.width = `${Math.abs(to - from)}px`;
      };
      this.#axis.addEventListener("pointermove", move);
      const end = (event: PointerEvent): void => {
        this.#axis.removeEventListener("pointermove", move);
        shade.remove();
        const to = event.clientX - left;
        if (event.type !== "pointerup" || Math.abs(to - from) < 6) return;
        const window = this.#zoom ?? bounds;
        const at = (x: number): number =>
          window.start + (x / this.#axis.clientWidth) * (window.end - window.start);
        this.zoomTo({ start: at(Math.min(from, to)), end: at(Math.max(from, to)) });
      };
      this.#axis.addEventListener("pointerup", end, { once: true });
      this.#axis.addEventListener("pointercancel", end, { once: true });
    });
  }
}

function placed(tag: "i", className: string, x: number, width: number): HTMLElement {
  const made = element(tag, { class: className });
  made.style.left = `${x}px`;
  made.style.width = `${width}px`;
  return made;
}
