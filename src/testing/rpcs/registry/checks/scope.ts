import { Project_ProjectState } from "../../../../../gen/flyteidl/admin/project_pb.js";
import type { FlyteState, ProjectRow } from "../../../store/index.js";
import { invalidArgument } from "../../../server-errors.js";
import { checkProjectAndDomain } from "./project-domain.js";

/** A project by its id. Without an id it is whichever comes first: the server drops empty conditions. */
export function findProject(state: FlyteState, id: string): ProjectRow | undefined {
  return id === "" ? state.projects.rows[0] : state.projects.get(id);
}

/**
 * Refuses a scope whose project or domain is not registered; an empty project passes.
 * @throws INVALID_ARGUMENT
 */
export function checkScope(state: FlyteState, project: string, domain: string): void {
  checkProjectAndDomain(state, findProject(state, project)?.identifier ?? project, domain);
}

/**
 * Refuses a project that is not registered or not active; an empty one passes.
 * @throws INVALID_ARGUMENT
 */
export function checkActiveProject(state: FlyteState, id: string): void {
  const project = findProject(state, id);
  if (project === undefined) {
    throw invalidArgument(
      `failed to validate that project [${id}] is registered, err: [project [${id}] not found]`,
    );
  }
  if (project.state !== Project_ProjectState.ACTIVE)
    throw invalidArgument(`project [${id}] is not active`);
}

/**
 * Refuses a project that is not registered; an archived one and an empty id pass.
 * @throws INVALID_ARGUMENT
 */
export function checkKnownProject(state: FlyteState, id: string): void {
  if (findProject(state, id) !== undefined) return;
  throw invalidArgument(
    `failed to validate that project [${id}] exists, err: [project [${id}] not found]`,
  );
}
