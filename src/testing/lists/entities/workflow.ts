import type { WorkflowRow } from "../../store/index.js";
import { baseColumns, bytes, digest, text } from "../column.js";
import type { Entity } from "../entity.js";

/** Versions of workflows. */
export const workflowEntity: Entity<WorkflowRow> = {
  code: "w",
  table: "workflows",
  columns: {
    ...baseColumns<WorkflowRow>(),
    project: text((row) => row.project),
    domain: text((row) => row.domain),
    name: text((row) => row.name),
    version: text((row) => row.version),
    typed_interface: bytes((row) => row.typedInterface),
    remote_closure_identifier: text((row) => row.remoteClosureIdentifier),
    digest: digest(),
    short_description: text((row) => row.shortDescription),
  },
  relations: {},
};
