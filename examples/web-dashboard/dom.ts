type Children = readonly (Node | string)[];

/** An element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Children
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(
  attributes: Readonly<Record<string, string>>,
  onClick: () => void,
  ...children: Children
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", onClick);
  return made;
}

/** The element of the page with this id. @throws Error when it is of another kind, or missing */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(
    `The page has no ${kind.name} #${id}; index.html and app.ts must be of one version.`,
  );
}

/** Names and values, side by side. */
export function facts(pairs: readonly (readonly [string, Node | string])[]): HTMLElement {
  return element(
    "dl",
    { class: "facts" },
    ...pairs.map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value)),
    ),
  );
}

/** Grey shapes where content will be. */
export function skeleton(lines: number): HTMLElement {
  return element(
    "div",
    { class: "skeleton", "aria-hidden": "true" },
    ...Array.from({ length: lines }, () => element("i")),
  );
}

/** An empty state: the text where there is nothing to show. */
export function emptyState(title: string, text: string, ...actions: Children): HTMLElement {
  return element(
    "div",
    { class: "empty" },
    element("p", { class: "empty-title" }, title),
    element("p", {}, text),
    ...actions,
  );
}

/**
 * Lets arrow keys go up and down among the items of a container, of which Tab reaches one.
 *
 * @param selector what finds the items
 */
export function roveVertically(container: HTMLElement, selector: string): void {
  const items = (): HTMLElement[] => [...container.querySelectorAll<HTMLElement>(selector)];
  container.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches(selector)) return;
    const all = items();
    const at = all.indexOf(event.target);
    const next = all[stepOf(event.key, at, all.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
  container.addEventListener("focusin", (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches(selector)) return;
    for (const item of items()) item.tabIndex = item === event.target ? 0 : -1;
  });
}

function stepOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return at + 1;
    case "ArrowUp":
      return at - 1;
    case "PageDown":
      return Math.min(count - 1, at + 10);
    case "PageUp":
      return Math.max(0, at - 10);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
