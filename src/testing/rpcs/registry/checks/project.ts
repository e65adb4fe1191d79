import type { Project } from "../../../../../gen/flyteidl/admin/project_pb.js";
import { invalidArgument } from "../../errors.js";
import { checkLabels } from "./labels.js";
import { requireField } from "./identifier.js";

const maxIdChars = 63;
const maxNameBytes = 64;
const maxDescriptionBytes = 300;

/**
 * Refuses a project that cannot be registered.
 * @throws INVALID_ARGUMENT
 */
export function checkProject(project: Project): void {
  requireField(project.id, "project_id");
  checkLabels(project.labels);
  const problems = idProblems(project.id);
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

/** What Kubernetes has against a DNS label, in its words. */
function idProblems(id: string): readonly string[] {
  const problems: string[] = [];
  if (id.length > maxIdChars) problems.push(`must be no more than ${maxIdChars} characters`);
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(id)) {
    problems.push(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
        "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    );
  }
  return problems;
}
