/**
 * Takes percent-encoding out of a text. Bytes that are no UTF-8 come out as lone
 * surrogates, so that they can be distinguished from text later; `isText` does.
 * @returns the text, or the sequence that is no percent-encoding
 */
export function percentDecode(
  text: string,
): { readonly text: string } | { readonly badSequence: string } {
  const bad = /%(?![0-9A-Fa-f]{2})/.exec(text);
  if (bad !== null) return { badSequence: text.slice(bad.index, bad.index + 3) };
  return { text: text.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeRun) };
}

/** Whether a text came from valid UTF-8. */
export function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => {
      const byte = Number.parseInt(hex, 16);
      return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
    });
  }
}
