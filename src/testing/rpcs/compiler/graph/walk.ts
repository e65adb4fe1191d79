/** The result of a walk along the edges of a workflow. */
export type Walk =
  | { readonly kind: "cycle"; readonly path: readonly string[] }
  | { readonly kind: "acyclic"; readonly visited: ReadonlySet<string> };

/**
 * Walks from a node along the edges until it comes back to a node that it is
 * still inside of, or has been everywhere. The server takes neighbors in any
 * order, so with more than one cycle it may report another one.
 */
export function walkFrom(start: string, after: (id: string) => readonly string[]): Walk {
  const visited = new Set([start]);
  const path = [start];
  const waiting = [[...after(start)].reverse()];
  while (path.length > 0) {
    const next = waiting.at(-1)?.pop();
    if (next === undefined) {
      path.pop();
      waiting.pop();
    } else if (path.includes(next)) {
      return { kind: "cycle", path: [...path, next] };
    } else if (!visited.has(next)) {
      visited.add(next);
      path.push(next);
      waiting.push([...after(next)].reverse());
    }
  }
  return { kind: "acyclic", visited };
}
