import { toBase64 } from "./plain-data.js";
import { namesCredential } from "./redact-text.js";

/** A value that must not appear in any text. */
export interface Secret {
  readonly value: string;
  /** Whether a part of it is a secret too. A plain header's value may be an everyday word: only the whole of it is removed. */
  readonly inParts: boolean;
}

/** A shorter value is found in a text by chance. */
const minLength = 6;
/** A part of a secret of this length reveals it. */
const partLength = 8;
/** Escapes of escapes are looked through to this depth. */
const maxEscapes = 3;

/** The lower-case texts that a mask looks for. */
interface Needles {
  readonly byLength: Map<number, Set<string>>;
  /** Those of which a part is no secret, unless it ends a text that was cut. */
  readonly wholes: string[];
}

/**
 * Makes a function that replaces secrets in a text by `…`: whole ones, parts of eight characters and more, and
 * what is left of them when they are percent-encoded, escaped, base64-encoded, in hexadecimal digits or in another case. A text may have
 * been cut, here or by a server, so the beginning of a secret at its end counts too. Its time is linear in the
 * text's length.
 */
export function createSecretMask(secrets: Iterable<Secret>): (text: string) => string {
  const needles: Needles = { byLength: new Map(), wholes: [] };
  for (const { value, inParts } of secrets) {
    if (value.length < minLength) continue;
    for (const form of [value, hexForm(value), ...base64Forms(value)]) {
      const length = inParts ? Math.min(partLength, form.length) : form.length;
      const ofLength = needles.byLength.get(length) ?? new Set();
      const lower = form.toLowerCase();
      if (!inParts) needles.wholes.push(lower);
      for (let at = 0; at + length <= lower.length; at += 1) {
        ofLength.add(lower.slice(at, at + length));
      }
      needles.byLength.set(length, ofLength);
    }
  }
  return (text) => (needles.byLength.size === 0 ? text : maskText(text, needles));
}

function maskText(text: string, { byLength, wholes }: Needles): string {
  const isSecret = new Uint8Array(text.length);
  let found = false;
  let view: DecodedText | undefined = plainText(text);
  for (let depth = 0; view !== undefined && depth <= maxEscapes; depth += 1) {
    const lower = view.text.toLowerCase();
    // A few characters change their length with their case; the places would no longer agree.
    const searched = lower.length === view.text.length ? lower : view.text;
    for (const [length, ofLength] of byLength) {
      for (let at = 0; at + length <= searched.length; at += 1) {
        if (!ofLength.has(searched.slice(at, at + length))) continue;
        isSecret.fill(1, view.startOf(at), view.startOf(at + length));
        found = true;
      }
    }
    for (const whole of wholes) {
      const length = cutLength(searched, whole);
      if (length === 0) continue;
      isSecret.fill(1, view.startOf(searched.length - length));
      found = true;
    }
    view = decodeEscapes(view);
  }
  return found ? withoutMarked(text, isSecret) : text;
}

/** Returns how many characters of a secret's beginning end a text; 0 where they are too few to give it away. */
function cutLength(text: string, whole: string): number {
  for (let length = Math.min(whole.length - 1, text.length); length >= partLength; length -= 1) {
    if (text.endsWith(whole.slice(0, length))) return length;
  }
  return 0;
}

function withoutMarked(text: string, isSecret: Uint8Array): string {
  let masked = "";
  for (let at = 0; at < text.length; at += 1) {
    if (isSecret[at] === 0) masked += text.charAt(at);
    else if (isSecret[at - 1] !== 1) masked += "…";
  }
  return masked;
}

function hexForm(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** The three forms of a value inside base64, by what is before it. */
function base64Forms(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  return [0, 1, 2]
    .map((offset) => {
      const encoded = toBase64(new Uint8Array([...new Uint8Array(offset), ...bytes]));
      // The first and the last characters hold bits of the neighbours.
      return encoded.slice(offset === 0 ? 0 : offset + 1).replace(/.?=+$/, "");
    })
    .filter((form) => form.length >= partLength);
}

/** Headers of HTTP, gRPC, Connect and tracing, which are no secrets. */
const standard =
  /^(?:accept(?:-.*)?|access-control-.*|baggage|cache-control|connect-.*|connection|content-.*|date|expect|forwarded|grpc-(?!metadata-).*|host|if-.*|keep-alive|origin|pragma|range|referer|sec-.*|te|traceparent|tracestate|transfer-encoding|upgrade(?:-.*)?|user-agent|vary|via|x-forwarded-.*|(?:grpc-metadata-)?x-request-id|x-grpc-web|x-user-agent)$/i;

/** An everyday word, such as a domain's name, would be removed from every text. */
const word = /^[a-z]{1,16}$/;

/**
 * The secrets among a request's headers: the values of credentials, with their parts, and whatever the caller
 * sends beside the standard headers, since nobody but the caller knows what it is.
 */
export function secretsOfHeaders(headers: Headers): readonly Secret[] {
  const secrets: Secret[] = [];
  headers.forEach((value, name) => {
    if (namesCredential(name)) secrets.push(...credentialsIn(value));
    else if (!standard.test(name) && !word.test(value)) secrets.push({ value, inParts: false });
  });
  return secrets;
}

function credentialsIn(header: string): readonly Secret[] {
  return header.split(/;\s*/).flatMap((part) => {
    // After a scheme such as Bearer, and after a cookie's name.
    const [, bare = part] = /^(?:[\w-]+\s+|[^=\s]+=)(.+)$/.exec(part) ?? [];
    const values = /^basic\s/i.test(part) ? [bare, ...pairOf(bare)] : [bare];
    return values.map((value) => ({ value, inParts: true }));
  });
}

/** User and password together, and the password alone. */
function pairOf(encoded: string): readonly string[] {
  try {
    const pair = atob(encoded);
    return [pair, pair.slice(pair.indexOf(":") + 1)];
  } catch {
    return [];
  }
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
function plainText(text: string): DecodedText {
  return { text, startOf: (at) => at };
}

/**
 * Decodes percent-encoding, JSON's and JavaScript's escapes and HTML's entities, one level of them.
 *
 * @returns `undefined` when the text has none
 */
function decodeEscapes(source: DecodedText): DecodedText | undefined {
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
