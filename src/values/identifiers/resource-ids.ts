import type { NamedEntityIdentifier } from "../../../gen/flyteidl/admin/common_pb.js";
import { type Identifier, ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { nameOf } from "../../internal/index.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import {
  type IdDefaults,
  type NamedEntityIdInput,
  type ResourceIdInput,
  type ScopeInput,
  scopeNames,
  type VersionedResourceType,
} from "./inputs.js";
import { type IdForm, readIdFields } from "./id-fields.js";
import { requirePart, scopeParts } from "./part.js";

interface ResourceFields extends ScopeInput {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly resourceType?: ResourceType | undefined;
}

const resourceRows: Readonly<Record<VersionedResourceType, string>> = {
  [ResourceType.TASK]: "flyteidl.admin.Task",
  [ResourceType.WORKFLOW]: "flyteidl.admin.Workflow",
  [ResourceType.LAUNCH_PLAN]: "flyteidl.admin.LaunchPlan",
};

const resourceForm: Omit<IdForm<ResourceFields>, "rows"> = {
  expected: "an object with project, domain, name and version",
  slashForm: "project/domain/name/version",
  names: { ...scopeNames, name: true, version: true, resourceType: true },
  fieldsOf: ([project, domain, name, version]) => ({ project, domain, name, version }),
};

interface NamedEntityFields extends ScopeInput {
  readonly name: string | undefined;
}

const namedEntityForm: IdForm<NamedEntityFields> = {
  expected: "an object with project, domain and name",
  slashForm: "project/domain/name",
  rows: ["flyteidl.admin.NamedEntity", ...Object.values(resourceRows)],
  // An id of one version names the entity too.
  names: resourceForm.names,
  fieldsOf: ([project, domain, name]) => ({ project, domain, name }),
};

/**
 * Completes and checks the identifier of one version of a task, workflow or launch plan.
 *
 * The type of resource is filled in, since FlyteAdmin fills it in on some calls only, and ignores a
 * wrong one on others.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, a part of it is missing, empty, or no string,
 * or it names a resource of another type.
 */
export function requireResourceId(
  resourceType: VersionedResourceType,
  input: ResourceIdInput | undefined,
  defaults?: IdDefaults,
  path = "id",
): Identifier {
  const form = { ...resourceForm, rows: [resourceRows[resourceType]] };
  const id = readIdFields(input, form, defaults, path);
  checkResourceType(resourceType, id.resourceType, `${path}.resourceType`);
  return {
    $typeName: "flyteidl.core.Identifier",
    resourceType,
    ...scopeParts(id, defaults, path),
    name: requirePart({ value: id.name, path: `${path}.name` }),
    version: requirePart({ value: id.version, path: `${path}.version` }, versionHint),
  };
}

/**
 * Completes and checks the identifier of a task, workflow or launch plan without a version.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireNamedEntityId(
  input: NamedEntityIdInput | undefined,
  defaults?: IdDefaults,
  path = "id",
): NamedEntityIdentifier {
  const id = readIdFields(input, namedEntityForm, defaults, path);
  return {
    $typeName: "flyteidl.admin.NamedEntityIdentifier",
    ...scopeParts(id, defaults, path),
    name: requirePart({ value: id.name, path: `${path}.name` }),
  };
}

const versionHint =
  "; getLatest finds the newest version of a name, and getActive that of a launch plan";

function checkResourceType(
  expected: VersionedResourceType,
  given: ResourceType | undefined,
  path: string,
): void {
  if (given === undefined || given === ResourceType.UNSPECIFIED || given === expected) return;
  throw new InvalidIdentifierError(
    `${path} is ${nameOf(ResourceType, given, String(given))}; this call is about ${ResourceType[expected]}, so leave it out or set that`,
    { path },
  );
}
