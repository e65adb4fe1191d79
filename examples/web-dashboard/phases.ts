import { element } from "./dom.js";

/** How a phase looks; its name is always told too. */
export function toneOf(phase: string): "good" | "bad" | "busy" | "ended" | "idle" {
  switch (phase) {
    case "SUCCEEDED":
    case "RECOVERED":
      return "good";
    case "FAILED":
    case "FAILING":
    case "RETRYABLE_FAILED":
    case "TIMED_OUT":
      return "bad";
    case "RUNNING":
    case "DYNAMIC_RUNNING":
    case "SUCCEEDING":
      return "busy";
    case "ABORTED":
    case "ABORTING":
      return "ended";
    default:
      return "idle";
  }
}

/** A phase as a badge. */
export function badge(phase: string): HTMLElement {
  return element("span", { class: `phase ${toneOf(phase)}` }, phase.replaceAll("_", " "));
}
