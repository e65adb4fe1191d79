/**
 * What an issuer or a library says, for a message or a terminal: on one line, without control characters and
 * without marks that turn the direction of what follows.
 */
export function oneLine(text: string, maxLength: number): string {
  return text
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, maxLength);
}
