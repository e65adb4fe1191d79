import type { DescriptionRow } from "../../store/index.js";
import { baseColumns, bytes, integer, text } from "../column.js";
import type { Entity } from "../entity.js";

/** Descriptions of versions. Their columns sort; filters are read by the columns of what they describe. */
export const descriptionEntity: Entity<DescriptionRow> = {
  code: "de",
  table: "description_entities",
  columns: {
    ...baseColumns<DescriptionRow>(),
    resource_type: integer((row) => row.resourceType),
    project: text((row) => row.project),
    domain: text((row) => row.domain),
    name: text((row) => row.name),
    version: text((row) => row.version),
    short_description: text((row) => row.shortDescription),
    long_description: bytes((row) => row.longDescription),
    link: text((row) => row.link),
  },
  relations: {},
};
