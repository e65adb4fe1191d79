/** The longest text that an error repeats, in characters. */
const maxLength = 60;

/**
 * Quotes a text for an error: `"abc"`, on one line, cut with `…` where it is longer than an error repeats.
 * Control characters are escaped.
 */
export function quote(text: string, limit: number = maxLength): string {
  return escapeControls(JSON.stringify(text.length > limit ? `${text.slice(0, limit)}…` : text));
}

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
