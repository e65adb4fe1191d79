import { phaseOf } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
import { button, element } from "./dom.js";
import { phaseText, type Tone, toneOf } from "./phases.js";
import { attemptSpan, nodeSpan, type RunNode } from "./run-model.js";
import type { Selection } from "./selection.js";
import { marksOf, type TimeWindow } from "./time-scale.js";
import { fullMomentText, lengthText, type Span } from "./times.js";

/** How bars are drawn. */
export interface BarScale {
  readonly window: TimeWindow;
  readonly widthPx: number;
  readonly nowMs: number;
  readonly selection: Selection | undefined;
  readonly select: (selection: Selection) => void;
}

interface AttemptSpan extends Span {
  readonly attempt: TaskExecution;
}

/** A mark narrower than this is hard to hit. */
const leastBarPx = 12;

/** The whole time of a node, its waiting included, which is drawn behind its attempts. */
export function bandsOf(run: RunNode, { window, widthPx, nowMs }: BarScale): HTMLElement[] {
  const span = nodeSpan(run, nowMs);
  if (span === undefined) return [];
  return marksOf([span], window, widthPx, 2).map(({ x, width }) =>
    placed(element("i", { class: `band ${toneOf(run.phase)}` }), x, width),
  );
}

/** The attempts of a node as buttons; those that lie on each other are one. */
export function barsOf(run: RunNode, scale: BarScale): HTMLElement[] {
  const spans = run.attempts.flatMap((attempt): AttemptSpan[] => {
    const span = attemptSpan(attempt, scale.nowMs);
    return span === undefined ? [] : [{ ...span, attempt }];
  });
  return marksOf(spans, scale.window, scale.widthPx, leastBarPx).map(({ items, x, width }) => {
    const [first, ...others] = items;
    const bar =
      first !== undefined && others.length === 0
        ? attemptBar(run, first, scale)
        : clusterBar(run, items, scale);
    return placed(bar, x, width);
  });
}

function attemptBar(run: RunNode, span: AttemptSpan, { selection, select }: BarScale): HTMLElement {
  const { attempt, start, end, hasStarted, isOpen } = span;
  const phase = phaseOf(attempt);
  const number = attempt.id?.retryAttempt ?? 0;
  const took = hasStarted ? lengthText(end - start) : "never started";
  const label = `Attempt ${number} of ${run.name}, ${phaseText(phase)}, ${took}`;
  const isChosen = selection?.node === run.key && selection.attempt === number;
  const kind = `${hasStarted ? "" : " unstarted"}${isOpen ? " open" : ""}`;
  return button(
    {
      class: `bar ${toneOf(phase)}${kind}`,
      "aria-label": label,
      "aria-pressed": String(isChosen),
      "data-key": `${run.key}/${number}`,
      title: `${label}\n${fullMomentText(start)}`,
      tabindex: "-1",
    },
    () => {
      select({ node: run.key, attempt: number });
    },
  );
}

/** Attempts that lie on each other: they are distinguished in the details, or by zooming in. */
function clusterBar(
  run: RunNode,
  spans: readonly AttemptSpan[],
  { selection, select }: BarScale,
): HTMLElement {
  const numbers = spans.map(({ attempt }) => attempt.id?.retryAttempt ?? 0);
  const tones = spans.map(({ attempt }) => toneOf(phaseOf(attempt)));
  const failed = tones.filter((tone) => tone === "bad").length;
  const label = `${spans.length} attempts of ${run.name}, ${failed} failed: choose one`;
  const tone: Tone = failed > 0 ? "bad" : (tones.at(-1) ?? "idle");
  const isChosen =
    selection?.node === run.key && numbers.some((number) => number === selection.attempt);
  return button(
    {
      class: `bar cluster ${tone}`,
      "aria-label": label,
      "aria-pressed": String(isChosen),
      "data-key": `${run.key}/${numbers[0] ?? 0}`,
      title: label,
      tabindex: "-1",
    },
    () => {
      select({ node: run.key, attempt: numbers.at(-1) });
    },
    element("span", {}, String(spans.length)),
  );
}

function placed(made: HTMLElement, x: number, width: number): HTMLElement {
  made.style.left = `${x}px`;
  made.style.width = `${width}px`;
  return made;
}
