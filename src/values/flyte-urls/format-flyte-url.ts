import { checkFlyteUrl } from "./check-flyte-url.js";
import type { FlyteUrl } from "./flyte-url.js";

/**
 * The text of a `flyte://` URL: `flyte://v1/project/domain/execution/node`,
 * then the attempt if any, then `i`, `o` or `d`, then the literal's name if any.
 *
 * @throws InvalidIdentifierError where a part is empty or cannot stand in such a URL.
 */
export function formatFlyteUrl(url: FlyteUrl): string {
  checkFlyteUrl(url);
  const { executionId, nodeId } = url.nodeExecutionId;
  const parts = ["v1", executionId.project, executionId.domain, executionId.name, nodeId];
  if (url.retryAttempt !== undefined) parts.push(String(url.retryAttempt));
  parts.push(url.artifact.charAt(0));
  if (url.literalName !== undefined) parts.push(url.literalName);
  return `flyte://${parts.join("/")}`;
}
