import { AdminClient, isTerminal, phaseOf } from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { Activity } from "./activity.js";
import type { PageConfig } from "./config.js";
import { byId, element } from "./dom.js";
import { errorPanel } from "./errors.js";
import { Filters } from "./filters-view.js";
import { ListView } from "./list-view.js";
import { phaseText } from "./phases.js";
import { formatRoute, listOf, type Route } from "./route.js";
import { Router } from "./router.js";
import { RunView } from "./run-view.js";

/** The views, once the page knows its server. */
interface Views {
  readonly list: ListView;
  readonly run: RunView;
}

const stop = byId("stop", HTMLButtonElement);
const activity = new Activity((isBusy) => {
  stop.disabled = !isBusy;
});
const announcer = byId("announcer", HTMLParagraphElement);
const app = byId("app", HTMLElement);
const back = byId("back", HTMLAnchorElement);
const emptyRun = byId("no-run", HTMLDivElement);
const runBox = byId("run", HTMLElement);
let views: Views | undefined;

// Listeners come first: what is pressed while the page starts does no harm.
const router = new Router((route, before) => {
  show(route, before);
});
const filters = new Filters((patch) => {
  router.replace(patch);
});
stop.addEventListener("click", () => {
  activity.stop();
});
byId("refresh", HTMLButtonElement).addEventListener("click", () => {
  views?.list.load(router.route);
  if (router.route.name !== undefined) views?.run.open(router.route);
});
byId("skip", HTMLAnchorElement).addEventListener("click", (event) => {
  // The address is the state of the page: it is left as it is.
  event.preventDefault();
  const target = router.route.name === undefined ? "list-heading" : "run-heading";
  byId(target, HTMLHeadingElement).focus();
});
back.addEventListener("click", (event) => {
  event.preventDefault();
  const { name = "" } = router.route;
  router.go({ name: undefined, node: undefined, attempt: undefined, tab: undefined });
  views?.list.focus(name);
});

async function start(): Promise<void> {
  showLayout(router.route);
  // The page's own server says so; a person who copies this page may write it in.
  const response = await fetch("config.json");
  if (!response.ok) throw new Error(`config.json of this page answered ${response.status}.`);
  const config = (await response.json()) as PageConfig;
  const { baseUrl, headers, timeoutMs = 20_000 } = config;
  const admin = new AdminClient({ baseUrl, headers, timeoutMs });
  byId("server", HTMLParagraphElement).textContent = baseUrl;
  const place = { baseUrl, origin: location.origin };
  const announce = (text: string): void => {
    announcer.textContent = text;
  };
  const list = new ListView({
    admin,
    router,
    loading: activity.slot(),
    place,
    announce,
    onWorkflows: (names) => {
      filters.offerWorkflows(names);
    },
  });
  const run = new RunView({
    admin,
    router,
    loading: activity.slot(),
    reading: activity.slot(),
    outputs: activity.slot(),
    place,
    announce,
    onExecution: (execution) => {
      list.update(execution);
      showTitle(router.route, execution);
    },
  });
  views = { list, run };
  const { project = config.project, domain = config.domain } = router.route;
  router.replace({ project, domain });
  filters.show(router.route);
  list.load(router.route);
  if (router.route.name !== undefined) run.open(router.route);
  showLayout(router.route);
  await offerScopes(admin);
}

/** Without them the filters offer the scope of the address alone: the list says what is wrong. */
async function offerScopes(admin: AdminClient): Promise<void> {
  const projects: string[] = [];
  try {
    for await (const { id } of admin.projects.list({}, { limit: 500 })) projects.push(id);
    const domains = await admin.projects.listDomains();
    filters.offer(
      projects,
      domains.map(({ id }) => id),
    );
  } catch {
    return;
  }
}

function show(route: Route, before: Route): void {
  filters.show(route);
  showLayout(route);
  if (views === undefined) return;
  if (formatRoute(listOf(route)) !== formatRoute(listOf(before))) views.list.load(route);
  else views.list.mark();
  const idOf = ({ project, domain, name }: Route): string => formatRoute({ project, domain, name });
  if (route.name !== undefined && idOf(route) !== idOf(before)) {
    views.run.open(route);
    byId("run-heading", HTMLHeadingElement).focus({ preventScroll: true });
  }
  views.run.show(route);
}

function showLayout(route: Route): void {
  app.dataset["shows"] =
    route.name === undefined ? "list" : route.node === undefined ? "run" : "details";
  runBox.hidden = route.name === undefined;
  emptyRun.hidden = route.name !== undefined;
  back.href = formatRoute(listOf(route));
  showTitle(route);
}

function showTitle(route: Route, execution?: Execution): void {
  const { name, project, domain } = route;
  if (name === undefined) {
    document.title =
      project === undefined
        ? "Flyte executions"
        : `${project} / ${domain ?? ""} · Flyte executions`;
    return;
  }
  const isIt = execution?.id?.name === name;
  const phase = isIt
    ? `${isTerminal(execution) ? "" : "▶ "}${phaseText(phaseOf(execution))} · `
    : "";
  if (isIt || !document.title.includes(name)) document.title = `${phase}${name} · Flyte`;
}

start().catch((error: unknown) => {
  const place = { baseUrl: "", origin: location.origin, task: "start the page" };
  byId("list-message", HTMLDivElement).replaceChildren(
    errorPanel(error, place, () => {
      location.reload();
    }),
    element(
      "p",
      { class: "quiet" },
      "The page reads the address of FlyteAdmin from config.json beside it.",
    ),
  );
});
