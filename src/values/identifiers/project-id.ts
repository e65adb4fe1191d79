import { requirePart } from "./part.js";

/**
 * Checks the id of a project, and gives it back.
 *
 * @param path - How the caller knows the input; errors name it.
 * @throws InvalidIdentifierError when it is missing, empty, or no string.
 */
export function requireProjectId(id: string | undefined, path = "id"): string {
  return requirePart({ value: id, path });
}
