import type { Literal, LiteralMap } from "../../../gen/flyteidl/core/literals_pb.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { literalText } from "./literal-text.js";

/** How literals are shown. */
export interface FormatLiteralOptions {
  /**
   * The most characters; what is longer is cut and ends in `…`.
   * @defaultValue 200 on one line, 10000 indented
   */
  readonly maxLength?: number | undefined;
  /**
   * Whether each member stands on a line of its own.
   * @defaultValue `false`
   */
  readonly indented?: boolean | undefined;
}

const optionNames: OptionNames<FormatLiteralOptions> = { maxLength: true, indented: true };

/**
 * A literal, or a map of inputs or outputs, for people to read: on one line or
 * indented, and never longer than the bound, however large the literal is.
 * Control characters come escaped, so that a console can show it.
 */
export function formatLiteral(
  literal: Literal | LiteralMap,
  options: FormatLiteralOptions = {},
): string {
  requireKnownOptions(options, optionNames);
  const indented = options.indented ?? false;
  const maxLength = options.maxLength ?? (indented ? 10_000 : 200);
  let text = "";
  for (const piece of literalText(literal, indented)) {
    text += piece;
    if (text.length > maxLength) return cut(text, maxLength);
  }
  return text;
}

/** Half of a surrogate pair is no character. */
function cut(text: string, maxLength: number): string {
  if (maxLength <= 0) return "";
  const kept = text.slice(0, maxLength - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
