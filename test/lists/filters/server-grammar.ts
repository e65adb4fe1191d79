/** One condition as FlyteAdmin reads it. */
export interface ReadCondition {
  readonly func: string;
  readonly field: string;
  readonly values: readonly string[];
}

/**
 * Reads a filter as FlyteAdmin does, written apart from the builder: split at every `+`; in each
 * piece, the last comma that has a bracket before it parts field from value, one white space
 * behind it is swallowed, the last closing bracket ends the value, and `;` parts values.
 */
export function readFilter(filter: string): readonly ReadCondition[] {
  if (filter === "") return [];
  return filter.split("+").map((piece) => {
    const close = piece.lastIndexOf(")");
    const comma = piece.lastIndexOf(",", close);
    const open = piece.lastIndexOf("(", comma);
    const func = piece.slice(0, Math.max(open, 0));
    const field = piece.slice(open + 1, Math.max(comma, 0));
    let value = piece.slice(comma + 1, Math.max(close, 0));
    if (value.length > 1 && " \t\n\f\r".includes(value.charAt(0))) value = value.slice(1);
    if (func === "" || field === "" || value === "" || (func + field + value).includes("\n")) {
      throw new Error(`not a condition: ${JSON.stringify(piece)}`);
    }
    return { func, field, values: value.split(";") };
  });
}

/** Whether a text is like a pattern, as PostgreSQL has it. */
export function isLike(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\([^])|[^]/gu, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    if (token === "%") return "[^]*";
    if (token === "_") return "[^]";
    return literal(token);
  });
  return new RegExp(`^(?:${source})$`, "u").test(text);
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
