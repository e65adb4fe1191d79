import { clone, create } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../../../../gen/flyteidl/admin/common_pb.js";
import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
  ResourceTypeSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { invalidArgument, invalidValue, missing } from "../../../server-errors.js";
import { identifierText } from "../../../go-format/index.js";
import { enumName } from "./enum-name.js";

export { identifierText };

/** Refuses an empty field. */
export function requireField(value: string, field: string): void {
  if (value === "") throw missing(field);
}

/**
 * The complete identifier of a version.
 * @throws INVALID_ARGUMENT when its type is another one or a part is empty
 */
export function requireVersionId(
  id: Identifier | undefined,
  resourceType: ResourceType,
): Identifier {
  if (id === undefined) throw missing("id");
  if (id.resourceType !== resourceType) {
    throw invalidArgument(
      `unexpected resource type ${resourceTypeName(id.resourceType).toLowerCase()} for identifier ` +
        `[${identifierText(id)}], expected ${resourceTypeName(resourceType).toLowerCase()} instead`,
    );
  }
  return requireIdFields(id);
}

/**
 * An identifier without an empty part, of any type.
 * @throws INVALID_ARGUMENT for the first part that is empty
 */
export function requireIdFields(id: Identifier | undefined): Identifier {
  if (id === undefined) throw missing("id");
  requireField(id.project, "project");
  requireField(id.domain, "domain");
  requireField(id.name, "name");
  requireField(id.version, "version");
  return id;
}

/**
 * A complete name.
 * @throws INVALID_ARGUMENT for the first part that is empty
 */
export function requireNamedEntityId(id: NamedEntityIdentifier | undefined): NamedEntityIdentifier {
  if (id === undefined) throw missing("id");
  requireField(id.project, "project");
  requireField(id.domain, "domain");
  requireField(id.name, "name");
  return id;
}

/**
 * Refuses a resource type that is none.
 * @throws INVALID_ARGUMENT
 */
export function requireResourceType(resourceType: ResourceType): void {
  const known = enumName(ResourceTypeSchema, resourceType) !== undefined;
  if (resourceType === ResourceType.UNSPECIFIED || !known) throw invalidValue("resource_type");
}

/** The identifier of a get request, its resource type filled in where it is missing. */
export function withResourceType(
  id: Identifier | undefined,
  resourceType: ResourceType,
): Identifier | undefined {
  if (id?.resourceType !== ResourceType.UNSPECIFIED) return id;
  const copy = clone(IdentifierSchema, id);
  copy.resourceType = resourceType;
  return copy;
}

/** A type's name as the IDL has it. */
export function resourceTypeName(resourceType: ResourceType): string {
  return enumName(ResourceTypeSchema, resourceType) ?? String(resourceType);
}

/** The identifier of a version as a failed look-up prints it: without its resource type. */
export function lookedUpText(id: Identifier | undefined): string {
  const { project, domain, name, version } = id ?? create(IdentifierSchema);
  return identifierText(create(IdentifierSchema, { project, domain, name, version }));
}
