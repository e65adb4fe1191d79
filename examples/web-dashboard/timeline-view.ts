import { button, element } from "./dom.js";
import { icon, phaseText, toneOf } from "./phases.js";
import {
  attemptsText,
  attemptsWindow,
  launchedBy,
  type Run,
  type RunNode,
  windowOf,
} from "./run-model.js";
import type { Selection } from "./selection.js";
import { around, panned, ticksOf, type TimeWindow, zoomed } from "./time-scale.js";
import { Axis } from "./timeline-axis.js";
import { bandsOf, type BarScale, barsOf } from "./timeline-bars.js";
import { moveInGrid } from "./timeline-keys.js";

interface Row {
  readonly element: HTMLElement;
  readonly twisty: HTMLElement;
  readonly name: HTMLButtonElement;
  readonly counts: HTMLElement;
  readonly track: HTMLElement;
  run: RunNode;
}

/** Nodes and attempts as bars, drawn to scale over one axis of time that can be zoomed. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #axis: Axis;
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
    this.#axis = new Axis((from, to) => {
      this.#zoomToPart(from, to);
    });
    const head = element(
      "div",
      { class: "timeline-head", role: "row" },
      element("span", { role: "columnheader" }, "Node"),
      element("span", { role: "columnheader", class: "counts-head" }, "Attempts"),
      element(
        "div",
        { role: "columnheader", "aria-label": "Time since the start" },
        this.#axis.element,
      ),
    );
    const grid = element(
      "div",
      { class: "timeline", role: "treegrid", "aria-label": "Nodes and attempts over time" },
      element("div", { role: "rowgroup", class: "timeline-top" }, head),
      this.#axis.lines,
      this.#body,
    );
    grid.addEventListener("keydown", (event) => {
      this.#onKey(event);
    });
    grid.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement) this.#rove(target);
    });
    this.element = element("div", { class: "timeline-box" }, this.#tools(), grid);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.#axis.element);
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
    const { widthPx } = this.#axis;
    if (bounds === undefined || widthPx === 0) return;
    const window = this.#zoom ?? bounds;
    this.#axis.draw(ticksOf(window, bounds.start, widthPx));
    this.#note.textContent = bounds.isCut
      ? "Nothing has happened for long: the axis ends at the last event."
      : "";
    const scale = {
      window,
      widthPx,
      nowMs: Date.now(),
      selection: this.#selection,
      select: this.#select,
    };
    for (const row of this.#rows.values()) {
      if (!row.element.hidden) this.#drawTrack(row, scale);
    }
  }

  #zoomToPart(from: number, to: number): void {
    const window = this.#zoom ?? this.#bounds();
    if (window === undefined) return;
    const length = window.end - window.start;
    this.zoomTo({ start: window.start + from * length, end: window.start + to * length });
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

  #drawTrack({ run, track, name }: Row, scale: BarScale): void {
    const focused = document.activeElement;
    const hadFocus = focused instanceof HTMLElement && track.contains(focused);
    const key = hadFocus ? focused.dataset["key"] : undefined;
    const bars = barsOf(run, scale);
    track.replaceChildren(...bandsOf(run, scale), ...bars);
    if (!hadFocus) return;
    const again = bars.find(({ dataset }) => dataset["key"] === key) ?? bars[0] ?? name;
    again.focus({ preventScroll: true });
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
}
