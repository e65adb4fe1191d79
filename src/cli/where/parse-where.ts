import { InvalidFilterError } from "../../errors/index.js";

/** The operators of a condition, the longer ones first. */
export const whereOperators = ["!=", "!~", ">=", "<=", "=", ">", "<", "~"] as const;

/** An operator of a condition. */
export type WhereOperator = (typeof whereOperators)[number];

/** A part of the text, and its place there. */
export interface Part extends Place {
  readonly text: string;
}

/** One condition as it was written. */
export interface ParsedCondition {
  readonly field: Part;
  readonly operator: Part & { readonly text: WhereOperator };
  /** The values between `|`, without their quotes. */
  readonly values: readonly Part[];
}

/**
 * Parses conditions such as `phase=FAILED|TIMED_OUT, createdAt>2026-11-01`.
 *
 * ```text
 * where     = condition *( "," condition )
 * condition = field operator value *( "|" value )
 * operator  = "=" / "!=" / ">" / ">=" / "<" / "<=" / "~" (contains) / "!~" (is not like)
 * value     = quoted / bare
 * quoted    = a text in " or ', in which a backslash takes the next character as it is
 * bare      = a text without "," and "|", which does not begin with a quote
 * ```
 *
 * Spaces around each part do not matter.
 *
 * @throws InvalidFilterError with the place in the text
 */
export function parseWhere(text: string): readonly ParsedCondition[] {
  const scanner = new Scanner(text);
  const conditions: ParsedCondition[] = [];
  do {
    conditions.push({
      field: scanner.field(),
      operator: scanner.operator(),
      values: scanner.values(),
    });
  } while (scanner.take(","));
  scanner.requireEnd();
  return conditions;
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  field(): Part {
    const field = this.#match(/[A-Za-z]\w*(?:\.\w+)*/y);
    if (field !== undefined) return field;
    throw this.#error("expected the name of a field, such as phase.");
  }

  operator(): Part & { readonly text: WhereOperator } {
    this.#skipSpaces();
    const text = whereOperators.find((operator) => this.#text.startsWith(operator, this.#at));
    if (text === undefined) {
      throw this.#error(`expected an operator: ${[...whereOperators].sort().join(" ")}.`);
    }
    const operator = { text, at: this.#at, length: text.length };
    this.#at += text.length;
    if (text === "=" && this.#text.startsWith("=", this.#at)) {
      throw this.#error("equality is one =. Put a value that begins with = in quotes.");
    }
    return operator;
  }

  values(): readonly Part[] {
    const values = [this.#value()];
    while (this.take("|")) values.push(this.#value());
    return values;
  }

  take(character: "," | "|"): boolean {
    this.#skipSpaces();
    const isThere = this.#text.startsWith(character, this.#at);
    if (isThere) this.#at += 1;
    return isThere;
  }

  requireEnd(): void {
    if (this.#at < this.#text.length) {
      throw this.#error("expected a comma and another condition, or the end.");
    }
  }

  #value(): Part {
    this.#skipSpaces();
    const quote = this.#text.charAt(this.#at);
    if (quote === '"' || quote === "'") return this.#quoted(quote);
    const bare = this.#match(/[^,|]+/y);
    const text = bare?.text.trimEnd() ?? "";
    if (bare === undefined || text === "") {
      this.#at = bare?.at ?? this.#at;
      throw this.#error('expected a value. The empty string is written "".');
    }
    return { text, at: bare.at, length: text.length };
  }

  #quoted(quote: string): Part {
    const at = this.#at;
    let text = "";
    for (let next = at + 1; next < this.#text.length; next += 1) {
      const character = this.#text.charAt(next);
      if (character === quote) {
        this.#at = next + 1;
        return { text, at, length: this.#at - at };
      }
      if (character === "\\") next += 1;
      text += this.#text.charAt(next);
    }
    this.#at = at;
    throw this.#error(`the quote ${quote} has no end. Add another.`);
  }

  #match(pattern: RegExp): Part | undefined {
    this.#skipSpaces();
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined) return undefined;
    const at = this.#at;
    this.#at += text.length;
    return { text, at, length: text.length };
  }

  #skipSpaces(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #error(problem: string): Error {
    return whereError(this.#text, { at: this.#at, length: 1 }, { problem });
  }
}

/** The position of an error in the text: the index of the first character, and the length. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** The fault of a condition. */
export interface WhereProblem {
  readonly problem: string;
  /** The choices, where they are long: they go below the text. */
  readonly remedy?: string | undefined;
  /** The field that the condition is on. */
  readonly field?: string | undefined;
}

/** Creates the error of a condition: what is wrong, then the text with a mark under the place. */
export function whereError(
  text: string,
  { at, length }: Place,
  { problem, remedy, field = "where" }: WhereProblem,
): InvalidFilterError {
  // A character that is not shown would move the mark away from its place.
  const shown = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => "·".repeat(hidden.length));
  const mark = `${" ".repeat(at)}${"^".repeat(Math.max(1, length))}`;
  return new InvalidFilterError(
    `--where, character ${at + 1}: ${problem}\n  ${shown}\n  ${mark}${remedy === undefined ? "" : `\n${remedy}`}`,
    { field },
  );
}
