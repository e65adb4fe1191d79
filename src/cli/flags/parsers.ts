import { durationForm, parseDurationMs } from "../duration.js";

/** Takes a text as it is, but an empty one. */
export function text(input: string): string {
  if (input === "") throw new SyntaxError("the value is empty");
  return input;
}

/** Reads a count of 1 or more. */
export function count(input: string): number {
  const value = Number(input);
  if (/^\d+$/.test(input) && Number.isSafeInteger(value) && value > 0) return value;
  throw new SyntaxError("expected an integer of 1 or more");
}

/** Reads an index that counts from 0. */
export function index(input: string): number {
  const value = Number(input);
  if (/^\d+$/.test(input) && Number.isSafeInteger(value)) return value;
  throw new SyntaxError("expected an integer of 0 or more");
}

/** Reads a length of time, in milliseconds. */
export function durationMs(input: string): number {
  const ms = parseDurationMs(input);
  if (ms === undefined || ms === 0) throw new SyntaxError(`expected ${durationForm}`);
  return ms;
}
