import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import {
  type DescriptionEntity,
  DescriptionEntityListSchema,
  DescriptionEntitySchema,
  DescriptionSchema,
} from "../../../../gen/flyteidl/admin/description_entity_pb.js";
import { type Identifier, ResourceType } from "../../../../gen/flyteidl/core/identifier_pb.js";
import {
  descriptionEntity,
  type Entity,
  launchPlanEntity,
  listRows,
  requireLimit,
  taskEntity,
  workflowEntity,
} from "../../lists/index.js";
import { type DescriptionRow, type FlyteState, joinKey, versionGroups } from "../../store/index.js";
import { entryNotFound } from "../../server-errors.js";
import {
  requireIdFields,
  requireNamedEntityId,
  requireResourceType,
  withResourceType,
} from "./checks/index.js";
import type { AdminHandlers } from "./handler-types.js";

type DescriptionRpc = "getDescriptionEntity" | "listDescriptionEntities";

/** The RPCs of description entities. Neither looks at the resource type when it selects rows. */
export function descriptionHandlers(state: FlyteState): Pick<AdminHandlers, DescriptionRpc> {
  return {
    getDescriptionEntity: (request) => {
      const id = withResourceType(request.id, ResourceType.TASK);
      requireResourceType(id?.resourceType ?? ResourceType.UNSPECIFIED);
      const { project, domain, name, version } = requireIdFields(id);
      const described = state.descriptions.group(joinKey(project, domain, name));
      const row = described.find((candidate) => candidate.version === version);
      if (row === undefined) throw entryNotFound();
      return descriptionMessage(row);
    },
    listDescriptionEntities: (request) => {
      const { project, domain, name } = requireNamedEntityId(request.id);
      requireLimit(request.limit);
      const described = state.descriptions.group(joinKey(project, domain, name));
      const { rows, token } = listRows(state, described, request, {
        entity: descriptionEntity,
        rpc: "ListWorkflows",
        filterBy: describedEntities.get(request.resourceType) ?? "unsupported",
      });
      return create(DescriptionEntityListSchema, {
        descriptionEntities: rows.map(descriptionMessage),
        token,
      });
    },
  };
}

/** Keeps the description that came with a version, if one did. */
export function insertDescription(
  state: FlyteState,
  id: Identifier,
  description: DescriptionEntity | undefined,
): void {
  if (description === undefined) return;
  const now = state.tick();
  const { longDescription, shortDescription, sourceCode } = description;
  const { resourceType, project, domain, name, version } = id;
  const row: DescriptionRow = {
    id: state.descriptions.nextId,
    createdAt: now,
    updatedAt: now,
    resourceType,
    project,
    domain,
    name,
    version,
    shortDescription,
    longDescription: toBinary(DescriptionSchema, longDescription ?? create(DescriptionSchema)),
    link: sourceCode?.link ?? "",
  };
  // A task and a workflow may share a name and a version.
  const key = joinKey(String(resourceType), project, domain, name, version);
  state.descriptions.insert(row, key, versionGroups(project, domain, name));
}

/** Filters are read by the columns of what is described, although they compare those of the description. */
const describedEntities: ReadonlyMap<ResourceType, Entity<never>> = new Map<
  ResourceType,
  Entity<never>
>([
  [ResourceType.TASK, taskEntity],
  [ResourceType.WORKFLOW, workflowEntity],
  [ResourceType.LAUNCH_PLAN, launchPlanEntity],
]);

function descriptionMessage(row: DescriptionRow): DescriptionEntity {
  const { resourceType, project, domain, name, version, shortDescription, link } = row;
  return create(DescriptionEntitySchema, {
    id: { resourceType, project, domain, name, version },
    shortDescription,
    longDescription: fromBinary(DescriptionSchema, row.longDescription),
    sourceCode: { link },
  });
}
