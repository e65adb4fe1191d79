import { styleText } from "node:util";

const colors = {
  SUCCEEDED: "green",
  RECOVERED: "green",
  FAILED: "red",
  FAILING: "red",
  TIMED_OUT: "red",
  RETRYABLE_FAILED: "red",
  ABORTED: "yellow",
  ABORTING: "yellow",
  RUNNING: "cyan",
  DYNAMIC_RUNNING: "cyan",
} as const;

function hasColor(phase: string): phase is keyof typeof colors {
  return Object.hasOwn(colors, phase);
}

/** Colors a text by a phase. */
export function colorPhase(text: string, phase: string): string {
  return hasColor(phase) ? styleText(colors[phase], text) : text;
}
