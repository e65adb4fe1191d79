/** Arranges rows in columns; numbers are on the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const isNumeric = head.map((_, column) =>
    rows.every((row) => /^[\d.,\s]*[a-z]*$/.test(row[column] ?? "")),
  );
  const layOut = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [layOut(head), layOut(widths.map((width) => "-".repeat(width))), ...rows.map(layOut)];
}
