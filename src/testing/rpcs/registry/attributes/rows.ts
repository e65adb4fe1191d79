import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import {
  type MatchableResource,
  type MatchingAttributes,
  MatchingAttributesSchema,
  type PluginOverride,
} from "../../../../../gen/flyteidl/admin/matchable_resource_pb.js";
import { type FlyteState, joinKey, type ResourceRow } from "../../../store/index.js";
import { matchableResourceName } from "./targets.js";

/** The scope of attributes: the empty parts match all. */
export interface AttributeScope {
  readonly project: string;
  readonly domain?: string;
  readonly workflow?: string;
}

/** How narrow a scope is. */
export type AttributeLevel = "project" | "project-domain" | "workflow";

/** The narrower the scope, the higher. */
const priorities: Readonly<Record<AttributeLevel, number>> = {
  project: 5,
  "project-domain": 10,
  workflow: 100,
};

const parts = ["project", "domain", "workflow"] as const;

/** Writes the attributes of a scope, in the place of those that it had. */
export function writeRow(
  state: FlyteState,
  level: AttributeLevel,
  scope: AttributeScope,
  resource: MatchableResource,
  attributes: MatchingAttributes,
): void {
  const existing = findOwnRow(state, level, scope, resource);
  if (existing !== undefined) {
    changeRow(state, existing, attributes);
    return;
  }
  const now = state.tick();
  const id = ++state.counters.resources;
  const { project, domain = "", workflow = "" } = scope;
  state.resources.set(joinKey(String(id)), {
    id,
    createdAt: now,
    updatedAt: now,
    project,
    domain,
    workflow,
    launchPlan: "",
    resourceType: matchableResourceName(resource),
    priority: priorities[level],
    attributes: toBinary(MatchingAttributesSchema, attributes),
  });
}

/** Replaces the attributes of a row. */
export function changeRow(
  state: FlyteState,
  row: ResourceRow,
  attributes: MatchingAttributes,
): void {
  row.updatedAt = state.tick();
  row.attributes = toBinary(MatchingAttributesSchema, attributes);
}

/**
 * A row that fits the parts of a scope that are not empty: it may be of a narrower scope, since
 * the server's look-up drops empty conditions.
 */
export function findFittingRow(
  state: FlyteState,
  scope: AttributeScope,
  resource: MatchableResource,
): ResourceRow | undefined {
  return matchingRows(state, scope, resource)[0];
}

/** The row of just this scope. */
export function findOwnRow(
  state: FlyteState,
  level: AttributeLevel,
  scope: AttributeScope,
  resource: MatchableResource,
): ResourceRow | undefined {
  return matchingRows(state, scope, resource).find(
    ({ priority }) => priority === priorities[level],
  );
}

/** The row of the narrowest scope that holds a scope. */
export function findRow(
  state: FlyteState,
  scope: AttributeScope,
  resource: MatchableResource,
): ResourceRow | undefined {
  return listAllRows(state, resource).find((row) =>
    parts.every((part) => row[part] === "" || row[part] === scope[part]),
  );
}

/** All rows of a resource, the narrowest first. */
export function listAllRows(
  state: FlyteState,
  resource: MatchableResource,
): readonly ResourceRow[] {
  const name = matchableResourceName(resource);
  return [...state.resources.values()]
    .filter(({ resourceType }) => resourceType === name)
    .sort((a, b) => b.priority - a.priority || a.id - b.id);
}

/** Deletes a scope's rows, and with them those of all narrower scopes: the server drops empty conditions. */
export function deleteRows(
  state: FlyteState,
  scope: AttributeScope,
  resource: MatchableResource,
): void {
  const doomed = new Set(matchingRows(state, scope, resource));
  state.tick();
  for (const [key, row] of state.resources) if (doomed.has(row)) state.resources.delete(key);
}

/** The attributes of a row. */
export function rowAttributes(row: ResourceRow): MatchingAttributes {
  return fromBinary(MatchingAttributesSchema, row.attributes);
}

/** A scope as the server prints it where it finds nothing. */
export function namedScopeText(scope: AttributeScope, resource: MatchableResource): string {
  const { project, domain = "", workflow = "" } = scope;
  const resourceType = matchableResourceName(resource);
  return `{Project:${project} Domain:${domain} Workflow:${workflow} LaunchPlan: ResourceType:${resourceType}}`;
}

/** A scope as the server prints it where it is no scope. */
export function bareScopeText(scope: AttributeScope, resource: MatchableResource): string {
  const { project, domain = "", workflow = "" } = scope;
  return `{${[project, domain, workflow, "", matchableResourceName(resource)].join(" ")}}`;
}

/** Attributes whose plugin overrides are those that were there, replaced by the new ones of the same task type. */
export function mergePluginOverrides(
  existing: MatchingAttributes,
  attributes: MatchingAttributes,
): MatchingAttributes {
  const overrides = new Map<string, PluginOverride>();
  for (const { target } of [existing, attributes]) {
    if (target.case !== "pluginOverrides") continue;
    for (const override of target.value.overrides) overrides.set(override.taskType, override);
  }
  return create(MatchingAttributesSchema, {
    target: { case: "pluginOverrides", value: { overrides: [...overrides.values()] } },
  });
}

function matchingRows(
  state: FlyteState,
  scope: AttributeScope,
  resource: MatchableResource,
): readonly ResourceRow[] {
  const name = matchableResourceName(resource);
  return [...state.resources.values()].filter(
    (row) =>
      row.resourceType === name &&
      parts.every((part) => (scope[part] ?? "") === "" || row[part] === scope[part]),
  );
}
