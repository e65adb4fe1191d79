import { element } from "./dom.js";
import type { Tick } from "./time-scale.js";

/** A drag shorter than this was meant to be a click. */
const leastDragPx = 6;

/** The axis of a timeline, and the lines below its ticks. Dragging over it chooses a part. */
export class Axis {
  readonly element: HTMLElement = element("div", { class: "axis", "aria-hidden": "true" });
  readonly lines: HTMLElement = element("div", { class: "grid-lines", "aria-hidden": "true" });
  readonly #onDrag: (from: number, to: number) => void;

  /** @param onDrag hears which part was dragged over, from 0 at the left to 1 at the right */
  constructor(onDrag: (from: number, to: number) => void) {
    this.#onDrag = onDrag;
    this.element.addEventListener("pointerdown", (down) => {
      if (down.button === 0) this.#drag(down);
    });
  }

  get widthPx(): number {
    return this.element.clientWidth;
  }

  draw(ticks: readonly Tick[]): void {
    this.element.replaceChildren(
      ...ticks.map(({ x, label }) => {
        const tick = element("span", {}, label);
        tick.style.setProperty("--x", `${x}px`);
        return tick;
      }),
    );
    this.lines.replaceChildren(
      ...ticks.map(({ x }) => {
        const line = element("i");
        line.style.left = `${x}px`;
        return line;
      }),
    );
  }

  #drag({ clientX, pointerId }: PointerEvent): void {
    const { left } = this.element.getBoundingClientRect();
    const from = clientX - left;
    const shade = element("i", { class: "shade" });
    // Over the axis, which is drawn again while it is dragged over.
    this.lines.before(shade);
    this.element.setPointerCapture(pointerId);
    const ended = new AbortController();
    const { signal } = ended;
    const axisLeft = this.element.offsetLeft;
    this.element.addEventListener(
      "pointermove",
      (event) => {
        const to = event.clientX - left;
        shade.style.left = `${axisLeft + Math.min(from, to)}px`;
        shade.style.width = `${Math.abs(to - from)}px`;
      },
      { signal },
    );
    const end = (event: PointerEvent): void => {
      ended.abort();
      shade.remove();
      const to = event.clientX - left;
      if (event.type !== "pointerup" || Math.abs(to - from) < leastDragPx) return;
      this.#onDrag(Math.min(from, to) / this.widthPx, Math.max(from, to) / this.widthPx);
    };
    this.element.addEventListener("pointerup", end, { signal });
    this.element.addEventListener("pointercancel", end, { signal });
  }
}
