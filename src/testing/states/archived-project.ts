import { Project_ProjectState } from "../../../gen/flyteidl/admin/project_pb.js";
import { type SeedableServer, unlessThere, writersOf } from "./writers.js";

/** Registers a project, unless it is there already, and archives it. */
export async function seedArchivedProject(target: SeedableServer, id: string): Promise<void> {
  const { admin } = writersOf(target);
  await unlessThere(admin.registerProject({ project: { id, name: id } }));
  await admin.updateProject({ id, state: Project_ProjectState.ARCHIVED });
}
