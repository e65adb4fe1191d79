/**
 * What tells a row from the others of its list. Never shown and never parsed,
 * so a character that no name has keeps the parts apart.
 */
export function rowKey(...parts: readonly (string | number | undefined)[]): string {
  return parts.join("\u0000");
}
