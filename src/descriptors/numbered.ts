/** Reads names that have the number after that of the name before, unless one is given, as in `name=7`. */
export function numbering(first: number): (label: string) => { name: string; number: number } {
  let next = first;
  return (label) => {
    const [name = "", given = next] = label.split("=");
    const number = Number(given);
    next = number + 1;
    return { name, number };
  };
}

/** The range of reserved numbers that an entry such as `^1 4` tells. */
export function reservedRange(entry: string): { start: number; end: number } {
  const [start, end] = entry.slice(1).split(" ").map(Number);
  return { start: start ?? 0, end: end ?? 0 };
}
