import { Project_ProjectState } from "../../../../../gen/flyteidl/admin/project_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { inactiveProject, invalidArgument } from "../../../server-errors.js";

/**
 * Refuses a project or domain that is not registered.
 * @throws INVALID_ARGUMENT, not NOT_FOUND; with a detail when the project is archived
 */
export function checkProjectAndDomain(state: FlyteState, project: string, domain: string): void {
  const row = state.projects.get(project);
  if (row === undefined) {
    throw invalidArgument(
      `failed to validate that project [${project}] and domain [${domain}] are registered, err: [project [${project}] not found]`,
    );
  }
  if (row.state !== Project_ProjectState.ACTIVE) throw inactiveProject(project);
  if (!state.domains.includes(domain)) {
    throw invalidArgument(`domain [${domain}] is unrecognized by system`);
  }
}
