import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import { type Labels, LabelsSchema } from "../../../../gen/flyteidl/admin/common_pb.js";
import {
  type Domain,
  DomainSchema,
  GetDomainsResponseSchema,
  type Project,
  ProjectRegisterResponseSchema,
  ProjectSchema,
  ProjectsSchema,
  ProjectUpdateResponseSchema,
} from "../../../../gen/flyteidl/admin/project_pb.js";
import { Code } from "@connectrpc/connect";
import { type Condition, listRows, projectEntity } from "../../lists/index.js";
import type { FlyteState, ProjectRow } from "../../store/index.js";
import { adminError, missing, uniqueViolation } from "../../server-errors.js";
import { checkProject, findProject, requireField } from "./checks/index.js";
import type { AdminHandlers } from "./handler-types.js";

type ProjectRpc =
  "registerProject" | "updateProject" | "getProject" | "listProjects" | "getDomains";

/** The RPCs of projects and domains. */
export function projectHandlers(state: FlyteState): Pick<AdminHandlers, ProjectRpc> {
  return {
    registerProject: ({ project }) => {
      if (project === undefined) throw missing("project");
      requireField(project.name, "project_name");
      checkProject(project);
      if (state.projects.get(project.id) !== undefined) throw uniqueViolation("projects_pkey");
      insertProject(state, project);
      return create(ProjectRegisterResponseSchema);
    },
    updateProject: (project) => {
      const row = requireProject(state, project.id);
      checkProject(project);
      updateProject(state, row, project);
      return create(ProjectUpdateResponseSchema);
    },
    getProject: ({ id }) => {
      requireField(id, "project_id");
      return projectMessage(state, requireProject(state, id));
    },
    listProjects: (request) => {
      const { rows, token } = listRows(state, state.projects.rows, request, {
        entity: projectEntity,
        rpc: "ListProjects",
        addConditions: hideArchived,
        defaultOrder: { key: "identifier", descending: false },
      });
      return create(ProjectsSchema, {
        projects: rows.map((row) => projectMessage(state, row)),
        token,
      });
    },
    getDomains: () => create(GetDomainsResponseSchema, { domains: domainMessages(state) }),
  };
}

/** Archived projects are hidden unless the request has a filter, whatever it says. */
function hideArchived(conditions: readonly Condition[]): readonly Condition[] {
  if (conditions.length > 0) return conditions;
  return [{ target: "p", column: "state", kind: "integer", fn: "ne", values: ["1"] }];
}

function requireProject(state: FlyteState, id: string): ProjectRow {
  const row = findProject(state, id);
  if (row === undefined) throw adminError(Code.NotFound, `project [${id}] not found`);
  return row;
}

function insertProject(state: FlyteState, project: Project): void {
  const now = state.tick();
  const row: ProjectRow = {
    id: state.projects.nextId,
    createdAt: now,
    updatedAt: now,
    identifier: project.id,
    name: project.name,
    description: project.description,
    labels: labelBytes(project.labels),
    state: project.state,
  };
  state.projects.insert(row, project.id);
}

/** Empty texts and absent labels keep what is there; the state is always written. */
function updateProject(state: FlyteState, row: ProjectRow, project: Project): void {
  row.updatedAt = state.tick();
  if (project.name !== "") row.name = project.name;
  if (project.description !== "") row.description = project.description;
  if (project.labels !== undefined) row.labels = labelBytes(project.labels);
  row.state = project.state;
}

function labelBytes(labels: Labels | undefined): Uint8Array | undefined {
  return labels && toBinary(LabelsSchema, labels);
}

function projectMessage(state: FlyteState, row: ProjectRow): Project {
  const { identifier, name, description, labels } = row;
  const project = create(ProjectSchema, {
    id: identifier,
    name,
    description,
    domains: domainMessages(state),
    state: row.state,
  });
  if (labels !== undefined) project.labels = fromBinary(LabelsSchema, labels);
  return project;
}

function domainMessages(state: FlyteState): Domain[] {
  return state.domains.map((id) => create(DomainSchema, { id, name: id }));
}
