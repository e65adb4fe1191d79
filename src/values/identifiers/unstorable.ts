/** A character that the server cannot take, and where it stands. */
export interface Unstorable {
  readonly position: number;
  /** What it is, as a phrase: "a NUL character". */
  readonly description: string;
}

/**
 * Finds the first character that no text on the server can hold: NUL, which PostgreSQL refuses, or
 * half of a surrogate pair, which UTF-8 cannot carry and an encoder would replace by another one.
 */
export function findUnstorable(text: string): Unstorable | undefined {
  const position = text.search(unstorable);
  if (position === -1) return undefined;
  const unit = text.charCodeAt(position);
  const description =
    unit === 0
      ? "a NUL character"
      : `half of a surrogate pair (U+${unit.toString(16).toUpperCase()})`;
  return { position, description };
}

// With the u flag, halves that make a pair are no surrogates.
const unstorable = /[\0\p{Surrogate}]/u;
