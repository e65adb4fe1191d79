import {
  AdminClient,
  type ExecutionIdInput,
  isFlyteError,
  isTerminal,
  phaseOf,
} from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import type { PageConfig } from "./config.js";
import { showDetails } from "./details-view.js";
import { byId, element, facts } from "./dom.js";
import { listExecutions } from "./executions-view.js";
import { loadRun } from "./load-run.js";
import { badge } from "./phases.js";
import { executionOf } from "./route.js";
import { lengthText, momentText, spanOf } from "./times.js";
import { Timeline } from "./timeline-view.js";

/** Runs one thing at a time: what runs is ended before the next one starts. */
class Turn {
  #controller = new AbortController();

  start(work: (signal: AbortSignal) => Promise<void>, onError: (text: string) => void): void {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    work(controller.signal).catch((error: unknown) => {
      if (this.#controller !== controller) return;
      onError(isFlyteError(error, "CANCELLED") ? "stopped" : textOf(error));
    });
  }

  stop(): void {
    this.#controller.abort();
  }
}

const form = byId("scope", HTMLFormElement);
const stop = byId("stop", HTMLButtonElement);
const rows = document.querySelector<HTMLTableSectionElement>("#executions");
const details = byId("details", HTMLElement);
const timelineBox = byId("timeline", HTMLDivElement);
const listing = new Turn();
const running = new Turn();
const reading = new Turn();

async function start(): Promise<void> {
  // The page's own server says so; a person who copies this page may write it in.
  const config = (await (await fetch("config.json")).json()) as PageConfig;
  const admin = new AdminClient({ baseUrl: config.baseUrl, headers: config.headers });
  byId("server", HTMLParagraphElement).textContent = config.baseUrl;
  await fillScope(admin, config);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list(admin);
  });
  form.addEventListener("change", () => {
    list(admin);
  });
  stop.addEventListener("click", () => {
    listing.stop();
    running.stop();
  });
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape") details.querySelector("button")?.click();
  });
  window.addEventListener("hashchange", () => {
    open(admin);
  });
  list(admin);
  open(admin);
}

async function fillScope(admin: AdminClient, config: PageConfig): Promise<void> {
  const projects: string[] = [];
  for await (const { id } of admin.projects.list({}, { limit: 500 })) projects.push(id);
  const domains = (await admin.projects.getDomains()).map(({ id }) => id);
  fillSelect("project", projects, config.project);
  fillSelect("domain", domains, config.domain);
}

function fillSelect(name: string, values: readonly string[], chosen: string): void {
  const select = form.elements.namedItem(name);
  if (!(select instanceof HTMLSelectElement)) return;
  const all = values.includes(chosen) ? values : [chosen, ...values];
  select.replaceChildren(...all.map((value) => element("option", {}, value)));
  select.value = chosen;
}

function list(admin: AdminClient): void {
  if (rows === null) return;
  const tell = byId("executions-status", HTMLParagraphElement);
  const data = new FormData(form);
  const value = (name: string): string => {
    const given = data.get(name);
    return typeof given === "string" ? given : "";
  };
  stop.disabled = false;
  listing.start(
    async (signal) => {
      await listExecutions(
        admin,
        { project: value("project"), domain: value("domain"), phase: value("phase") },
        rows,
        {
          signal,
          tell: (text) => {
            tell.textContent = text;
            markCurrent();
          },
        },
      );
      stop.disabled = true;
    },
    (text) => {
      tell.textContent = text;
      stop.disabled = true;
    },
  );
}

function markCurrent(): void {
  for (const row of document.querySelectorAll<HTMLElement>("#executions tr")) {
    const isCurrent = row.dataset["execution"] === location.hash;
    if (isCurrent) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function open(admin: AdminClient): void {
  const id = executionOf(location.hash);
  if (id === undefined) return;
  markCurrent();
  details.hidden = true;
  const status = byId("timeline-status", HTMLParagraphElement);
  status.textContent = "loading …";
  running.start(
    async (signal) => {
      await showRun(admin, id, status, signal);
    },
    (text) => {
      status.textContent = "";
      timelineBox.prepend(element("p", { class: "failure", role: "alert" }, text));
    },
  );
}

async function showRun(
  admin: AdminClient,
  id: ExecutionIdInput,
  status: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  timelineBox.replaceChildren();
  const execution = await admin.executions.get(id, { signal });
  byId("timeline-heading", HTMLHeadingElement).textContent = `Timeline of ${id.name}`;
  const timeline = new Timeline((choice, from) => {
    reading.start(
      (detailsSignal) =>
        showDetails(admin, choice, details, {
          signal: detailsSignal,
          onClose: () => {
            details.hidden = true;
            from.focus();
          },
        }),
      (text) => {
        details.append(element("p", { class: "failure", role: "alert" }, text));
      },
    );
  });
  timelineBox.append(summaryOf(execution), timeline.element);
  let nodes = 0;
  let attempts = 0;
  const tell = (end: string): void => {
    status.textContent = `${nodes} nodes, ${attempts} attempts${end}`;
  };
  const counted = new Map<unknown, number>();
  await loadRun(
    admin,
    execution,
    {
      onNode: (node, after) => {
        nodes += 1;
        timeline.addNode(node, after);
        tell(" …");
      },
      onAttempts: (node) => {
        attempts += node.attempts.length - (counted.get(node) ?? 0);
        counted.set(node, node.attempts.length);
        timeline.draw();
        tell(" …");
      },
    },
    signal,
  );
  tell("");
}

function summaryOf(execution: Execution): HTMLElement {
  const { closure } = execution;
  const span = spanOf(closure, isTerminal(execution));
  const outcome = closure?.outputResult;
  const summary = element(
    "div",
    {},
    facts([
      ["phase", badge(phaseOf(execution))],
      ["workflow", closure?.workflowId?.name ?? "?"],
      ...(span === undefined
        ? []
        : ([
            ["started", momentText(span.start)],
            ["took", lengthText(span.end - span.start)],
          ] as const)),
    ]),
  );
  if (outcome?.case === "error") summary.append(element("pre", {}, outcome.value.message));
  return summary;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

start().catch((error: unknown) => {
  document.body.prepend(element("p", { class: "failure", role: "alert" }, textOf(error)));
});
