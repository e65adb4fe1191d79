import type { DescMessage } from "@bufbuild/protobuf";

import { fieldNamed } from "./fields.js";

/**
 * Which query parameters a route hides, because their fields are in its path.
 *
 * The server keeps the hidden fields in a trie packed into two arrays, and
 * packs each field once by its path and once by its JSON name alone. Fields
 * with a common parent are packed one after the other at the parent's place,
 * and each but the last that finds its slot taken moves the parent's base, which
 * loses the ones before. So some parameters that repeat a path field are let
 * through and override it, on some routes. The slots here are filled in the
 * server's order, so that the same ones are lost.
 */
export class PathFieldFilter {
  readonly #codes = new Map<string, number>();
  readonly #bases: number[] = [];
  readonly #owners: number[] = [];

  /** @param fields the paths of the fields in the route's template, dotted, in order */
  constructor(message: DescMessage, fields: readonly string[]) {
    const sequences = fields.flatMap((field) => [
      field.split("."),
      [fieldNamed(message, field.split("."))?.jsonName ?? field],
    ]);
    if (sequences.length === 0) return;
    for (const name of sequences.flat()) {
      if (!this.#codes.has(name)) this.#codes.set(name, this.#codes.size);
    }
    const coded = sequences.map((names) => [
      ...names.map((name) => this.#codes.get(name) ?? 0),
      this.#codes.size,
    ]);
    this.#pack(coded.sort(compareSequences), 0, 0);
  }

  /** Whether a parameter with this field path is left unread. */
  hides(path: readonly string[]): boolean {
    if (this.#bases.length === 0) return false;
    let slot = 0;
    for (const name of path) {
      const code = this.#codes.get(name);
      const next = code === undefined ? undefined : this.#child(slot, code);
      if (next === undefined) break;
      slot = next;
    }
    return this.#child(slot, this.#codes.size) !== undefined;
  }

  #child(slot: number, code: number): number | undefined {
    const next = (this.#bases[slot] ?? 0) + code;
    return this.#owners[next] === slot + 1 ? next : undefined;
  }

  #pack(sequences: readonly (readonly number[])[], depth: number, slot: number): void {
    const codes = sequences.map((sequence) => sequence[depth] ?? 0);
    let base = 1;
    while (codes.some((code) => (this.#owners[base + code] ?? 0) !== 0)) base++;
    this.#bases[slot] = base;
    for (const code of codes) this.#owners[base + code] = slot + 1;
    for (const [index, code] of codes.entries()) {
      if (code === this.#codes.size) continue;
      this.#pack(sequences.slice(index, index + 1), depth + 1, base + code);
    }
  }
}

function compareSequences(a: readonly number[], b: readonly number[]): number {
  for (const [index, code] of a.entries()) {
    const difference = code - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
