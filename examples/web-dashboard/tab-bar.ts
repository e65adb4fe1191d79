import { type Tab, tabs } from "./route.js";

/** The tabs of a run: arrow keys go from one to the next. */
export class TabBar {
  readonly #bar: HTMLElement;

  constructor(bar: HTMLElement, choose: (tab: Tab) => void) {
    this.#bar = bar;
    for (const tab of tabs) {
      this.#button(tab).addEventListener("click", () => {
        choose(tab);
      });
    }
    bar.addEventListener("keydown", (event) => {
      const at = tabs.findIndex((tab) => this.#button(tab) === event.target);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
      if (at < 0 || next === undefined) return;
      choose(next);
      this.#button(next).focus();
    });
  }

  hide(): void {
    this.#bar.hidden = true;
  }

  show(current: Tab): void {
    this.#bar.hidden = false;
    for (const tab of tabs) {
      const button = this.#button(tab);
      button.setAttribute("aria-selected", String(tab === current));
      button.tabIndex = tab === current ? 0 : -1;
    }
  }

  #button(tab: Tab): HTMLButtonElement {
    const found = this.#bar.querySelector<HTMLButtonElement>(`#tab-${tab}`);
    if (found === null) throw new Error(`index.html has no tab #tab-${tab}`);
    return found;
  }
}
