import type { NamedEntityRow } from "../../store/index.js";
import { integer, text, varchar } from "../column.js";
import { type Entity, relation } from "../entity.js";

/** A name that tasks, workflows or launch plans have, and what is kept about it. */
export interface NamedEntityEntry {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  /** None until the name is updated. */
  readonly metadata: NamedEntityRow | undefined;
}

const metadataEntity: Entity<NamedEntityRow> = {
  code: "nem",
  table: "named_entity_metadata",
  columns: {
    resource_type: integer((row) => row.resourceType),
    project: text((row) => row.project),
    domain: text((row) => row.domain),
    name: text((row) => row.name),
    description: varchar((row) => row.description),
    state: integer((row) => row.state),
  },
  relations: {},
};

/** Names, with the description and the state that were set for them. */
export const namedEntityEntity: Entity<NamedEntityEntry> = {
  code: "nen",
  table: "entities",
  columns: {
    resource_type: { ...integer(() => null), absentAs: "entities.resource_type" },
    project: text((row) => row.project),
    domain: text((row) => row.domain),
    name: text((row) => row.name),
    description: varchar((row) => row.metadata?.description ?? null),
    state: integer((row) => row.metadata?.state ?? null),
  },
  relations: { named_entity_metadata: relation(metadataEntity, (row) => [row.metadata]) },
};
