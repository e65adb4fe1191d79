import { compare } from "./text.js";

/** The names in a generated file of one launch plan. */
export interface GeneratedNames {
  /** Of the interface, such as `CoreFlowsSample`. */
  readonly type: string;
  /** Of the constant, such as `coreFlowsSample`. */
  readonly constant: string;
}

/** A launch plan as a file names it. */
interface Named {
  readonly name: string;
  readonly version: string | undefined;
}

/** The names that generated code uses, and those that no constant can have. */
const reserved = new Set(
  (
    "Date ReadonlyArray Uint8Array flyte arguments async await break case catch class const continue debugger " +
    "default delete do else enum eval export extends false finally for function if implements import in " +
    "instanceof interface let new null package private protected public return static super switch this throw " +
    "true try typeof undefined var void while with yield"
  ).split(" "),
);

/**
 * Returns the names for launch plans, in their order. They come from the whole name, so that a plan keeps its own when
 * others are added; the version is part of them only where one name is there in several versions.
 */
export function generatedNames(plans: readonly Named[]): readonly GeneratedNames[] {
  const counts = new Map<string, number>();
  for (const { name } of plans) counts.set(name, (counts.get(name) ?? 0) + 1);
  const taken = new Set(reserved);
  return plans.map(({ name, version }) => {
    const isOneOfMany = (counts.get(name) ?? 0) > 1 && version !== undefined;
    const words = wordsOf(isOneOfMany ? `${name}.${version}` : name);
    return firstFree(words, taken);
  });
}

function firstFree(words: readonly string[], taken: Set<string>): GeneratedNames {
  const pascal = words.map(capitalize).join("");
  const type = /^\p{ID_Start}/u.test(pascal) ? pascal : `Plan${pascal}`;
  for (let count = 0; ; count += 1) {
    const suffix = suffixOf(count);
    const names = { type: type + suffix, constant: uncapitalize(type) + suffix };
    if (taken.has(names.type) || taken.has(names.constant)) continue;
    taken.add(names.type);
    taken.add(names.constant);
    return names;
  }
}

function suffixOf(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "Plan" : `Plan${count}`;
}

function wordsOf(name: string): readonly string[] {
  return name.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== "");
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function uncapitalize(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

/** Sorts launch plans by name and version. */
export function sortPlans<Plan extends Named>(plans: readonly Plan[]): readonly Plan[] {
  return [...plans].sort(
    (a, b) => compare(a.name, b.name) || compare(a.version ?? "", b.version ?? ""),
  );
}
