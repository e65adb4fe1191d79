import type { Project } from "../../../../../gen/flyteidl/admin/project_pb.js";
import { invalidArgument } from "../../../server-errors.js";
import { checkLabels } from "./labels.js";
import { requireField } from "./identifier.js";
import { dnsLabelProblems } from "./qualified-name.js";

const maxNameBytes = 64;
const maxDescriptionBytes = 300;

/**
 * Refuses a project that cannot be registered.
 * @throws INVALID_ARGUMENT
 */
export function checkProject(project: Project): void {
  requireField(project.id, "project_id");
  checkLabels(project.labels);
  const problems = dnsLabelProblems(project.id);
  if (problems.length > 0) {
    throw invalidArgument(`invalid project id [${project.id}]: [${problems.join(" ")}]`);
  }
  checkLength(project.name, "project_name", maxNameBytes);
  checkLength(project.description, "project_description", maxDescriptionBytes);
  if (project.domains.length > 0) {
    throw invalidArgument(
      "Domains are currently only set system wide. Please retry without domains included in your request.",
    );
  }
}

function checkLength(text: string, field: string, maxBytes: number): void {
  if (new TextEncoder().encode(text).length > maxBytes) {
    throw invalidArgument(`${field} cannot exceed ${maxBytes} characters`);
  }
}
