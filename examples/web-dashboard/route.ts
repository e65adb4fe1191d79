import type { WorkflowExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";

/** The parts of a run that the page shows. */
export const tabs = ["timeline", "attempts", "data"] as const;
export type Tab = (typeof tabs)[number];

/** How far back a list goes. */
export const periods = { "1h": 1, "24h": 24, "7d": 168, "30d": 720 } as const;
export type Period = keyof typeof periods;

/** The state of the page: all of it is in the address, so that every view can be linked to. */
export interface Route {
  readonly project?: string | undefined;
  readonly domain?: string | undefined;
  /** The execution that is open. */
  readonly name?: string | undefined;
  readonly phase?: string | undefined;
  /** A part of the workflow's name. */
  readonly workflow?: string | undefined;
  /** A tag, or a label as `key=value`. */
  readonly tag?: string | undefined;
  readonly since?: Period | undefined;
  readonly tab?: Tab | undefined;
  /** The node that is selected, and its attempt. */
  readonly node?: string | undefined;
  readonly attempt?: number | undefined;
}

const filters = ["phase", "workflow", "tag"] as const;

/** Reads an address: `#project/domain/name?phase=FAILED&node=n0`. What makes no sense is left out. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const [project, domain, name] = path.split("/").map(decoded);
  const params = new URLSearchParams(query);
  const text = (key: string): string | undefined => nonEmpty(params.get(key)?.trim());
  const since = text("since");
  const tab = text("tab");
  const attempt = text("attempt");
  return withoutUndefined({
    project: nonEmpty(project),
    domain: nonEmpty(domain),
    name: nonEmpty(name),
    ...Object.fromEntries(filters.map((key) => [key, text(key)])),
    since: isPeriod(since) ? since : undefined,
    tab: tabs.find((each) => each === tab),
    node: text("node"),
    attempt: attempt !== undefined && /^\d{1,9}$/.test(attempt) ? Number(attempt) : undefined,
  });
}

/** Writes an address that `parseRoute` reads. */
export function formatRoute(route: Route): string {
  const { project, domain, name, ...rest } = route;
  const path = [project, domain, name].filter((part) => part !== undefined);
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) {
    if (value !== undefined && value !== "" && value !== "timeline") params.set(key, String(value));
  }
  const query = params.size === 0 ? "" : `?${params.toString()}`;
  return `#${path.map(encodeURIComponent).join("/")}${query}`;
}

/** The route of another execution, with the filters of this one. */
export function routeTo(id: WorkflowExecutionIdentifier | undefined, from: Route): Route {
  return {
    ...listOf(from),
    project: id?.project,
    domain: id?.domain,
    name: id?.name,
  };
}

/** The route of the list alone. */
export function listOf({ project, domain, phase, workflow, tag, since }: Route): Route {
  return { project, domain, phase, workflow, tag, since };
}

/** Whether the list is narrowed beyond its project and domain. */
export function hasFilters({ phase, workflow, tag, since }: Route): boolean {
  return [phase, workflow, tag, since].some((value) => value !== undefined && value !== "");
}

export function isPeriod(text: string | undefined): text is Period {
  return text !== undefined && Object.hasOwn(periods, text);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withoutUndefined(route: Route): Route {
  return Object.fromEntries(Object.entries(route).filter(([, value]) => value !== undefined));
}
