import { element } from "./dom.js";

export type Tone = "good" | "bad" | "busy" | "ended" | "idle";

/** How a phase looks; its name is always there too. */
export function toneOf(phase: string): Tone {
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
    case "INITIALIZING":
      return "busy";
    case "ABORTED":
    case "ABORTING":
      return "ended";
    default:
      return "idle";
  }
}

/** A phase in words: `TIMED_OUT` is "Timed out". */
export function phaseText(phase: string): string {
  const text = phase.toLowerCase().replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A phase as a badge. */
export function badge(phase: string): HTMLElement {
  return element(
    "span",
    { class: `phase ${toneOf(phase)}`, "data-phase": phase },
    icon(toneOf(phase)),
    phaseText(phase),
  );
}

const shapes: Readonly<Record<Tone, string>> = {
  good: "M3.5 8.5l3 3 6-7",
  bad: "M4 4l8 8M12 4l-8 8",
  busy: "M8 2.5a5.5 5.5 0 1 1-5.5 5.5",
  ended: "M4.5 4.5h7v7h-7z",
  idle: "M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10",
};

/** The shape of a phase, which differs where colours do not for the reader. */
export function icon(tone: Tone): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon ${tone}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapes[tone]);
  svg.append(path);
  return svg;
}
