// Line breaks and tabs stay: FlyteAdmin writes its compile errors on several lines.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Writes control characters, and those that turn the direction of a text, as escapes such as `\u001b`, so that
 * a terminal or a log shows them in place of obeying them.
 */
export function escapeControls(text: string): string {
  return text.replace(
    controls,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A text with its escapes decoded, which knows where each character was in the text as it came. */
export interface DecodedText {
  readonly text: string;
  /** The index of a character in the original text; for the end, the original's length. */
  startOf(at: number): number;
}

const escape =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/])|&#(\d{1,4});|&#x([0-9a-f]{1,4});|&(amp|lt|gt|quot|apos);/gi;
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** A text as it came. */
export function plainText(text: string): DecodedText {
  return { text, startOf: (at) => at };
}

/**
 * Decodes percent-encoding, JSON's and JavaScript's escapes and HTML's entities, one level of them.
 *
 * @returns `undefined` when the text has none
 */
export function decodeEscapes(source: DecodedText): DecodedText | undefined {
  const pieces: string[] = [];
  const starts: number[] = [];
  let from = 0;
  const copy = (end: number) => {
    pieces.push(source.text.slice(from, end));
    for (let at = from; at < end; at += 1) starts.push(source.startOf(at));
  };
  for (const match of source.text.matchAll(escape)) {
    copy(match.index);
    pieces.push(characterOf(match));
    starts.push(source.startOf(match.index));
    from = match.index + match[0].length;
  }
  if (from === 0) return undefined;
  copy(source.text.length);
  const end = source.startOf(source.text.length);
  return { text: pieces.join(""), startOf: (at) => starts[at] ?? end };
}

function characterOf([
  ,
  percent,
  unicode,
  hex,
  plain,
  decimal,
  entityHex,
  entity,
]: RegExpExecArray): string {
  if (plain !== undefined) return plain;
  if (entity !== undefined) return entities[entity.toLowerCase()] ?? "";
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  return String.fromCharCode(parseInt(percent ?? unicode ?? hex ?? entityHex ?? "0", 16));
}
