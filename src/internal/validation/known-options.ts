import { InvalidOptionError, quote } from "../../errors/index.js";
import { requireObject } from "./require-value.js";

type KeysOfEach<T> = T extends unknown ? keyof T & string : never;

/**
 * The names of the options of a type, each with `true`. A table that lacks one does not compile, so
 * that a new option cannot be forgotten.
 */
export type OptionNames<T> = Readonly<Record<KeysOfEach<T>, true>>;

/** The other argument of a function, where a name may have been meant for. */
export interface OtherArgument {
  /** The name of the argument, such as "options". */
  readonly argument: string;
  readonly names: Readonly<Record<string, true>>;
}

/**
 * Checks that an argument is an object whose names all belong to its type, and returns it. A name
 * without a value, and the type name of a protobuf message, are ignored.
 *
 * @param argument - what the argument is called
 * @param expected - the words that follow "must be"
 * @param other - the argument that another name may belong to
 * @throws InvalidOptionError with the name that was probably meant
 */
export function requireKnownOptions<T extends object>(
  options: T,
  names: OptionNames<T>,
  argument = "options",
  expected = "an object",
  other?: OtherArgument,
): T {
  const given: unknown = options;
  if (typeof given === "object" && given !== null && "aborted" in given) {
    throw new InvalidOptionError(
      `${argument} must be ${expected}, got an AbortSignal. Pass it as { signal }.`,
      { option: argument },
    );
  }
  const unknown = findUnknownName(
    requireObject(options, argument, expected),
    names,
    argument,
    other,
    expected,
  );
  if (unknown !== undefined) throw new InvalidOptionError(unknown.text, { option: unknown.name });
  return options;
}

/** A name that an object should not have. */
export interface UnknownName {
  readonly name: string;
  /** The text of the error, with the name that was probably meant. */
  readonly text: string;
}

/**
 * Finds the first name of an object that its type does not have. A name without a value, and the
 * type name of a protobuf message, are ignored.
 */
export function findUnknownName(
  value: object,
  names: Readonly<Record<string, true>>,
  argument: string,
  other?: OtherArgument,
  expected = "an object",
): UnknownName | undefined {
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(names, name) || member === undefined || name.startsWith("$")) continue;
    return { name, text: unknownNameText(name, argument, Object.keys(names), other, expected) };
  }
  return undefined;
}

function unknownNameText(
  name: string,
  argument: string,
  names: readonly string[],
  other: OtherArgument | undefined,
  expected: string,
): string {
  const elsewhere = other !== undefined && Object.hasOwn(other.names, name);
  const remedy = elsewhere
    ? `Pass it in ${other.argument}.`
    : (suggestionOf(name, names) ?? knownNames(names, expected));
  const shown = /^[\w$]{1,40}$/.test(name) ? name : quote(name);
  const kind = argument === "options" ? "an option" : `a property of ${argument}`;
  return `${shown} is not ${kind}. ${remedy}`;
}

/** The remedy that lists the known names. */
function knownNames(names: readonly string[], expected: string): string {
  if (names.length === 0) return "Leave it out.";
  if (expected !== "an object") {
    return `Pass ${expected}; its properties are ${names.join(", ")}.`;
  }
  return names.length === 1 ? `Use ${names.join("")}.` : `Use one of ${names.join(", ")}.`;
}

/** Names that other libraries have for what an option does, in lower case. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  abortcontroller: ["signal"],
  address: ["baseUrl", "endpoint"],
  baseurl: ["baseUrl", "endpoint"],
  cursor: ["token"],
  deadline: ["timeoutMs"],
  domain: ["defaults"],
  endpoint: ["endpoint", "baseUrl"],
  filter: ["where"],
  filters: ["where"],
  host: ["baseUrl", "endpoint"],
  max: ["limit"],
  maxretries: ["maxRetries", "maxAttempts"],
  offset: ["token"],
  metadata: ["headers"],
  onpage: ["onPage", "onProgress"],
  onprogress: ["onProgress", "onUpdate"],
  parallelism: ["concurrency"],
  project: ["defaults"],
  retries: ["retry", "maxRetries", "maxAttempts"],
  resourcetype: ["kind"],
  sort: ["orderBy"],
  sortby: ["orderBy"],
  token: ["auth"],
  url: ["baseUrl", "endpoint"],
};

/** The shortest name that counts as the beginning of another one. */
const shortestStem = 4;

/**
 * Finds the name that was probably meant: the same in other letters, a synonym, a longer or a
 * shorter form, or one with few letters changed.
 */
function closestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(name);
  const find = (matches: (candidate: string) => boolean) => candidates.find(matches);
  const synonym = Object.hasOwn(synonyms, wanted) ? synonyms[wanted] : undefined;
  return (
    find((candidate) => plain(candidate) === wanted) ??
    find((candidate) => synonym?.includes(candidate) === true) ??
    find((candidate) => isStem(wanted, plain(candidate))) ??
    closestByLetters(wanted, candidates)
  );
}

/** The remedy of an unknown name that is close to one of the names, `Use timeoutMs.`; `undefined` where none is close. */
export function suggestionOf(unknown: unknown, names: readonly string[]): string | undefined {
  const closest = typeof unknown === "string" ? closestName(unknown, names) : undefined;
  return closest === undefined ? undefined : `Use ${closest}.`;
}

function closestByLetters(wanted: string, candidates: readonly string[]): string | undefined {
  let closest: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate));
    if (distance < least) [closest, least] = [candidate, distance];
  }
  return closest;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

function isStem(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= shortestStem && (long.startsWith(short) || long.endsWith(short));
}

/** The letters to insert, delete or replace to get from one text to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
