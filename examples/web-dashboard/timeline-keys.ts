/**
 * Moves the focus in the grid of the timeline: up and down from row to row, left and right between
 * the name of a node and its bars.
 *
 * @returns whether the key was one of these
 */
export function moveInGrid(body: HTMLElement, from: HTMLElement, key: string): boolean {
  const row = from.closest<HTMLElement>("[data-node]");
  if (row === null) return false;
  const rows = [...body.querySelectorAll<HTMLElement>("[data-node]:not([hidden])")];
  const at = rows.indexOf(row);
  const isName = from.matches(".name");
  const inRow = itemsOf(row);
  const place = inRow.indexOf(from);
  const focusRow = (index: number): boolean => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (next === undefined) return true;
    const items = itemsOf(next);
    (isName ? items[0] : (items[1] ?? items[0]))?.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  switch (key) {
    case "ArrowDown":
      return focusRow(at + 1);
    case "ArrowUp":
      return focusRow(at - 1);
    case "PageDown":
      return focusRow(at + 10);
    case "PageUp":
      return focusRow(at - 10);
    case "Home":
      return isName ? focusRow(0) : focusItem(inRow[0]);
    case "End":
      return isName ? focusRow(rows.length - 1) : focusItem(inRow.at(-1));
    case "ArrowRight":
      return focusItem(inRow[place + 1]);
    case "ArrowLeft":
      return focusItem(inRow[place - 1]);
    default:
      return false;
  }
}

function itemsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(".name, .bar")];
}

function focusItem(item: HTMLElement | undefined): boolean {
  item?.focus();
  return true;
}
