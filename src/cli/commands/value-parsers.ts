import { type Message, message } from "@optique/core/message";
import type { NonEmptyString } from "@optique/core/nonempty";
import type { Suggestion } from "@optique/core/parser";
import { string, type ValueParser } from "@optique/core/valueparser";

import { durationForm, parseDurationMs } from "../duration.js";

/** A value of an option that is more than a string. */
interface ValueKind<T> {
  readonly metavar: NonEmptyString;
  /** Returns `undefined` for a text that is not such a value. */
  readonly read: (text: string) => T | undefined;
  readonly problem: (text: string) => Message;
  readonly placeholder: T;
}

function valueParser<T>({
  metavar,
  read,
  problem,
  placeholder,
}: ValueKind<T>): ValueParser<"sync", T> {
  return {
    mode: "sync",
    metavar,
    placeholder,
    parse: (input) => {
      const value = read(input);
      return value === undefined
        ? { success: false, error: problem(input) }
        : { success: true, value };
    },
    format: String,
  };
}

/** A text, but not an empty one: FlyteAdmin matches an empty name with any row. */
export function text(metavar: NonEmptyString): ValueParser<"sync", string> {
  return string({
    metavar,
    pattern: /[^]/,
    errors: { patternMismatch: message`The value is empty.` },
  });
}

/** A length of time, in milliseconds. */
export function durationMs(): ValueParser<"sync", number> {
  return valueParser({
    metavar: "DURATION",
    read: (input) => {
      const ms = parseDurationMs(input);
      return ms === 0 ? undefined : ms;
    },
    problem: (input) => message`Expected ${textOf(durationForm)}, but got ${input}.`,
    placeholder: 1,
  });
}

function textOf(words: string): Message {
  return [{ type: "text", text: words }];
}

/** Texts to complete with; the function is called on completion, and may load what it needs. */
export type Propose = (prefix: string) => Promise<readonly string[]>;

/** A text that can be completed. */
export function proposedText(
  metavar: NonEmptyString,
  propose: Propose,
): ValueParser<"async", string> {
  const plain = text(metavar);
  return {
    mode: "async",
    metavar,
    placeholder: "",
    parse: (input) => Promise.resolve(plain.parse(input)),
    format: String,
    async *suggest(prefix): AsyncIterable<Suggestion> {
      for (const proposal of await propose(prefix)) yield { kind: "literal", text: proposal };
    },
  };
}
