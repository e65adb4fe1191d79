import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import {
  checkResolvable,
  type FlyteArtifact,
  type FlyteUrl,
  formatFlyteUrl,
} from "../values/flyte-urls/index.js";

/** The `flyte://` URL of the data, or nothing where GetData could not resolve it. */
export function resolvableUrl(
  id: NodeExecutionIdentifier | undefined,
  artifact: FlyteArtifact,
  retryAttempt?: number,
): string | undefined {
  if (id?.executionId === undefined) return undefined;
  const url: FlyteUrl = {
    nodeExecutionId: { executionId: id.executionId, nodeId: id.nodeId },
    retryAttempt,
    artifact,
  };
  try {
    checkResolvable(url);
  } catch {
    return undefined;
  }
  return formatFlyteUrl(url);
}
