/** A JSON value that knows where it is in its text. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A number as it is written. */
  | { readonly kind: "number"; readonly raw: string }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: readonly JsonMember[] }
);

/** A member of a JSON object. */
export interface JsonMember {
  readonly name: JsonNode & { readonly kind: "string" };
  readonly value: JsonNode;
}

/** Text that is not JSON, reported as Go's decoder does. */
class JsonSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "JsonSyntaxError";
  }
}

/**
 * Reads the first JSON value of a text; what follows it is left unread, as the
 * server does.
 * @returns the value and its text, or `undefined` when the text is blank
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): { root: JsonNode; text: string } | undefined {
  const trimmed = text.replace(/^[ \t\r\n]+/, "");
  if (trimmed === "") return undefined;
  return { root: new Reader(trimmed).value(), text: trimmed };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    this.#skipSpace();
    const start = this.#at;
    const first = this.#text[start];
    switch (first) {
      case "{":
        return this.#object(start);
      case "[":
        return this.#array(start);
      case '"':
        return this.#string(start);
      case "t":
        this.#literal("true");
        return { kind: "boolean", value: true, start, end: this.#at };
      case "f":
        this.#literal("false");
        return { kind: "boolean", value: false, start, end: this.#at };
      case "n":
        this.#literal("null");
        return { kind: "null", start, end: this.#at };
      default:
        if (first !== undefined && /[-0-9]/.test(first)) return this.#number(start);
        return this.#fail("looking for beginning of value");
    }
  }

  #object(start: number): JsonNode {
    const members: JsonMember[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#text[this.#at] === "}") this.#at++;
    else {
      for (;;) {
        this.#skipSpace();
        if (this.#text[this.#at] !== '"') this.#fail("looking for beginning of object key string");
        const name = this.#string(this.#at);
        this.#expect(":", "after object key");
        members.push({ name, value: this.value() });
        if (this.#next("}", "after object key:value pair")) break;
      }
    }
    return { kind: "object", members, start, end: this.#at };
  }

  #array(start: number): JsonNode {
    const items: JsonNode[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#text[this.#at] === "]") this.#at++;
    else {
      do items.push(this.value());
      while (!this.#next("]", "after array element"));
    }
    return { kind: "array", items, start, end: this.#at };
  }

  #string(start: number): JsonNode & { kind: "string" } {
    let value = "";
    this.#at++;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || character < " ") this.#fail("in string literal");
      this.#at++;
      if (character === '"') return { kind: "string", value, start, end: this.#at };
      value += character === "\\" ? this.#escape() : character;
    }
  }

  #escape(): string {
    const character = this.#text[this.#at] ?? "";
    if (character === "u") {
      this.#at++;
      const from = this.#at;
      while (this.#at < from + 4) {
        if (!/[0-9A-Fa-f]/.test(this.#text[this.#at] ?? "")) {
          this.#fail("in \\u hexadecimal character escape");
        }
        this.#at++;
      }
      return String.fromCharCode(Number.parseInt(this.#text.slice(from, this.#at), 16));
    }
    const meaning = escapes[character];
    if (meaning === undefined) this.#fail("in string escape code");
    this.#at++;
    return meaning;
  }

  #number(start: number): JsonNode {
    if (this.#text[this.#at] === "-") this.#at++;
    if (this.#text[this.#at] === "0") this.#at++;
    else this.#digits("in numeric literal");
    if (this.#text[this.#at] === ".") {
      this.#at++;
      this.#digits("after decimal point in numeric literal");
    }
    if (/[eE]/.test(this.#text[this.#at] ?? "")) {
      this.#at++;
      if (/[+-]/.test(this.#text[this.#at] ?? "")) this.#at++;
      this.#digits("in exponent of numeric literal");
    }
    return { kind: "number", raw: this.#text.slice(start, this.#at), start, end: this.#at };
  }

  #digits(where: string): void {
    if (!/[0-9]/.test(this.#text[this.#at] ?? "")) this.#fail(where);
    while (/[0-9]/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #literal(word: string): void {
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) {
        this.#fail(`in literal ${word} (expecting '${letter}')`);
      }
      this.#at++;
    }
  }

  /** Passes a comma and says `false`, or the closing mark and says `true`. */
  #next(closing: string, where: string): boolean {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character !== "," && character !== closing) this.#fail(where);
    this.#at++;
    return character === closing;
  }

  #expect(character: string, where: string): void {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) this.#fail(where);
    this.#at++;
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #fail(where: string): never {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.#text.length) throw new JsonSyntaxError("unexpected EOF");
    const quoted = character === "'" ? "'\\''" : character === '"' ? `'"'` : goQuote(character);
    throw new JsonSyntaxError(`invalid character ${quoted} ${where}`);
  }
}

function goQuote(character: string): string {
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}
