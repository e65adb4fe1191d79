import type { Labels } from "../../../../../gen/flyteidl/admin/common_pb.js";
import { invalidArgument } from "../../../server-errors.js";
import { labelKeyProblems, labelValueProblems } from "./qualified-name.js";

const maxLabels = 16;

/** Refuses more than 16 labels, and labels that Kubernetes does not take. */
export function checkLabels(labels: Labels | undefined): void {
  const entries = Object.entries(labels?.values ?? {});
  if (entries.length > maxLabels) {
    throw invalidArgument(`labels map cannot exceed ${maxLabels} entries`);
  }
  for (const [key, value] of entries) {
    const keyProblems = labelKeyProblems(key);
    if (keyProblems.length > 0) {
      throw invalidArgument(`invalid label key [${key}]: [${keyProblems.join(" ")}]`);
    }
    const valueProblems = labelValueProblems(value);
    if (valueProblems.length > 0) {
      throw invalidArgument(`invalid label value [${value}]: [${valueProblems.join(" ")}]`);
    }
  }
}
