import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import { MatchableResource } from "../../../../../gen/flyteidl/admin/matchable_resource_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type Resources,
  type Resources_ResourceEntry,
  Resources_ResourceName as ResourceName,
  Resources_ResourceNameSchema,
} from "../../../../../gen/flyteidl/core/tasks_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { adminError, invalidArgument } from "../../../server-errors.js";
import { findRow, rowAttributes } from "../attributes/index.js";
import { enumName, identifierText } from "../checks/index.js";
import {
  type BadQuantity,
  isWholeNumber,
  parseQuantity,
  type Quantity,
  quantityText,
  wholeUnits,
} from "./quantity.js";

type Quantities = ReadonlyMap<ResourceName, Quantity>;

/** The resources that a container asks for, and the most that it may use. */
interface AskedResources {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/**
 * Refuses the resources of a task's container: entries that come twice or cannot be read, parts of
 * a GPU, requests above their limit, and what is above the limits of the project and domain.
 * @throws INVALID_ARGUMENT
 */
export function checkContainerResources(
  state: FlyteState,
  id: Identifier,
  resources: Resources | undefined,
): void {
  if (resources === undefined) return;
  const requests = readEntries(id, resources.requests);
  const limits = readEntries(id, resources.limits);
  checkLimits(id, { requests, limits }, platformLimits(state, id));
}

/**
 * Refuses the resources of one container of a pod.
 * @throws INVALID_ARGUMENT for what is above a limit
 * @throws INTERNAL for a quantity that cannot be read
 */
export function checkPodResources(state: FlyteState, id: Identifier, container: JsonValue): void {
  const resources = jsonObject(jsonObject(container)["resources"]);
  const requests = readPodEntries(resources["requests"]);
  const limits = readPodEntries(resources["limits"]);
  checkLimits(id, { requests, limits }, platformLimits(state, id));
}

/** A JSON value as an object; an empty one when it is none. */
export function jsonObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function readEntries(id: Identifier, entries: readonly Resources_ResourceEntry[]): Quantities {
  const read = new Map<ResourceName, Quantity>();
  for (const { name, value } of entries) {
    if (!limitedResources.has(name)) continue;
    if (read.has(name)) {
      throw invalidArgument(
        `can't specify ${nameText(name)} limit for task [${identifierText(id)}] multiple times`,
      );
    }
    const quantity = parseQuantity(value);
    if (isBad(quantity)) {
      throw invalidArgument(
        `Parsing of ${nameText(name)} request failed for value ${value} - reason  ${quantity.problem}. ` +
          "Please follow K8s conventions for resources " +
          "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
      );
    }
    read.set(name, quantity);
    if (name === ResourceName.GPU && !isWholeNumber(quantity)) {
      throw invalidArgument(
        `gpu for [${identifierText(id)}] must be a whole number, got: ${value} instead`,
      );
    }
  }
  return read;
}

function readPodEntries(entries: JsonValue | undefined): Quantities {
  const read = new Map<ResourceName, Quantity>();
  for (const [name, value] of Object.entries(jsonObject(entries))) {
    const quantity = parseQuantity(typeof value === "string" ? value : JSON.stringify(value));
    if (isBad(quantity)) {
      throw adminError(Code.Internal, `unexpected error type for: ${quantity.problem}`);
    }
    read.set(podResource(name), quantity);
  }
  return read;
}

function podResource(name: string): ResourceName {
  const known = name === "ephemeral-storage" ? "EPHEMERAL_STORAGE" : name.toUpperCase();
  const names = [...limitedResources.keys()];
  return names.find((candidate) => nameText(candidate) === known) ?? ResourceName.UNKNOWN;
}

function checkLimits(
  id: Identifier,
  { requests, limits }: AskedResources,
  platform: Quantities,
): void {
  for (const [name, request] of requests) {
    if (!limitedResources.has(name)) continue;
    const limit = limits.get(name);
    if (name === ResourceName.GPU) checkGpu(id, request, limit);
    else checkRequest(name, request, limit, platform.get(name));
    checkPlatform(name, "default", request, platform.get(name));
  }
}

function checkGpu(id: Identifier, request: Quantity, limit: Quantity | undefined): void {
  if (limit === undefined || wholeUnits(request) === wholeUnits(limit)) return;
  throw invalidArgument(
    `For extended resource 'gpu' the default value must equal the limit value for task [${identifierText(id)}]`,
  );
}

function checkRequest(
  name: ResourceName,
  request: Quantity,
  limit: Quantity | undefined,
  platformLimit: Quantity | undefined,
): void {
  if (limit === undefined) return;
  if (wholeUnits(limit) < wholeUnits(request)) {
    throw invalidArgument(
      `Requested ${nameText(name)} default [${quantityText(request)}] is greater than the limit [${quantityText(limit)}]. ` +
        "Please fix your configuration",
    );
  }
  checkPlatform(name, "limit", limit, platformLimit);
}

function checkPlatform(
  name: ResourceName,
  kind: "default" | "limit",
  asked: Quantity,
  platformLimit: Quantity | undefined,
): void {
  if (platformLimit === undefined || wholeUnits(asked) <= wholeUnits(platformLimit)) return;
  throw invalidArgument(
    `Requested ${nameText(name)} ${kind} [${quantityText(asked)}] is greater than current limit set in the platform configuration ` +
      `[${quantityText(platformLimit)}]. Please contact Flyte Admins to change these limits or consult the configuration`,
  );
}

/** The limits of the attributes of a project and domain, or else those of the server's configuration. */
function platformLimits(state: FlyteState, { project, domain }: Identifier): Quantities {
  const row = findRow(state, { project, domain }, MatchableResource.TASK_RESOURCE);
  const target = row && rowAttributes(row).target;
  const limits =
    target?.case === "taskResourceAttributes"
      ? target.value.limits
      : state.config.taskResourceLimits;
  const read = new Map<ResourceName, Quantity>();
  for (const [name, field] of limitedResources) {
    // A limit of zero, or one that cannot be read, is none.
    const quantity = parseQuantity(limits?.[field] ?? "");
    if (!isBad(quantity) && quantity.nanos !== 0n) read.set(name, quantity);
  }
  return read;
}

const limitedResources: ReadonlyMap<ResourceName, "cpu" | "memory" | "gpu" | "ephemeralStorage"> =
  new Map([
    [ResourceName.CPU, "cpu"],
    [ResourceName.MEMORY, "memory"],
    [ResourceName.GPU, "gpu"],
    [ResourceName.EPHEMERAL_STORAGE, "ephemeralStorage"],
  ]);

function nameText(name: ResourceName): string {
  return enumName(Resources_ResourceNameSchema, name) ?? String(name);
}

function isBad(quantity: Quantity | BadQuantity): quantity is BadQuantity {
  return "problem" in quantity;
}
