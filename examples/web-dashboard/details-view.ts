import { type AdminClient, isTerminal, type OutputsResult, phaseOf } from "flyte-admin-client";
import { element, facts } from "./dom.js";
import { literalsText } from "./literals.js";
import { badge } from "./phases.js";
import { lengthText, momentText, spanOf } from "./times.js";
import type { Choice } from "./timeline-view.js";

/** Shows what an attempt or a node came to: its error whole, or its outputs. */
export async function showDetails(
  admin: AdminClient,
  choice: Choice,
  into: HTMLElement,
  { signal, onClose }: { readonly signal: AbortSignal; readonly onClose: () => void },
): Promise<void> {
  const { subject, title } = subjectOf(choice);
  const close = element("button", { type: "button" }, "Close");
  close.addEventListener("click", onClose);
  const heading = element("h3", { id: "details-heading", tabindex: "-1" }, title);
  const span = spanOf(subject.closure, isTerminal(subject));
  const result = element("div", { role: "status" }, element("p", {}, "reading …"));
  into.replaceChildren(
    element("div", { class: "details-head" }, heading, close),
    facts([
      ["phase", badge(phaseOf(subject))],
      ...(span === undefined
        ? []
        : ([
            ["started", momentText(span.start)],
            ["took", lengthText(span.end - span.start)],
          ] as const)),
      ...factsOf(choice),
    ]),
    result,
  );
  into.hidden = false;
  heading.focus();
  const read =
    choice.kind === "attempt"
      ? await admin.taskExecutions.outputs(choice.attempt, { signal })
      : await admin.nodeExecutions.outputs(choice.run.node.id, { signal });
  result.replaceChildren(...resultOf(read));
}

function subjectOf(choice: Choice) {
  if (choice.kind === "node") {
    const { node } = choice.run;
    return { subject: node, title: `Node ${node.id?.nodeId ?? "?"}` };
  }
  const { attempt } = choice;
  const nodeId = attempt.id?.nodeExecutionId?.nodeId ?? "?";
  return { subject: attempt, title: `Attempt ${attempt.id?.retryAttempt ?? 0} of ${nodeId}` };
}

function factsOf(choice: Choice): (readonly [string, Node | string])[] {
  if (choice.kind === "node") return [["attempts", String(choice.run.attempts.length)]];
  const { id, closure } = choice.attempt;
  const logs = (closure?.logs ?? []).map((log): readonly [string, Node] => [
    "log",
    element("a", { href: log.uri, rel: "noreferrer", target: "_blank" }, log.name || "open"),
  ]);
  return [["task", `${id?.taskId?.name ?? "?"} ${id?.taskId?.version ?? ""}`], ...logs];
}

function resultOf(read: OutputsResult): HTMLElement[] {
  switch (read.kind) {
    case "literals":
      return [element("h4", {}, "Outputs"), element("pre", {}, literalsText(read.literals))];
    case "failed":
      return [
        element("h4", {}, `Error ${read.error?.code ?? ""}`),
        element("pre", {}, read.error?.message ?? "the server recorded no message"),
      ];
    case "tooLarge":
      return [
        element(
          "p",
          {},
          `Outputs of ${String(read.bytes ?? "too many")} bytes at ${read.uri ?? "an unknown place"}.`,
        ),
      ];
    case "notTerminal":
      return [element("p", {}, "It still runs, so there are no outputs yet.")];
    case "aborted":
      return [element("p", {}, "It was aborted, so there are no outputs.")];
    case "none":
      return [element("p", {}, "It left no outputs.")];
    case "missing":
      return [element("p", {}, "The server names outputs that are not in the storage.")];
    case "unreadable":
      return [element("p", {}, `The outputs could not be read: ${read.error.message}`)];
  }
}
