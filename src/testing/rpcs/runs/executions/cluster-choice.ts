import { Code, type ConnectError } from "@connectrpc/connect";

import type {
  ExecutionCreateRequest,
  ExecutionSpec,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import { MatchableResource } from "../../../../../gen/flyteidl/admin/matchable_resource_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { adminError, invalidArgument } from "../../../server-errors.js";
import { goQuote } from "../../../go-format/index.js";
import { findRow, rowAttributes } from "../../registry/attributes/index.js";

/**
 * Refuses an execution that asks for another pool of clusters than the one that the attributes of
 * its project and domain name.
 * @throws INVALID_ARGUMENT
 */
export function checkClusterAssignment(
  state: FlyteState,
  { project, domain }: ExecutionCreateRequest,
  spec: ExecutionSpec,
): void {
  const asked = spec.clusterAssignment?.clusterPoolName ?? "";
  const row = findRow(state, { project, domain }, MatchableResource.CLUSTER_ASSIGNMENT);
  const target = row && rowAttributes(row).target;
  const configured = target?.case === "clusterAssignment" ? target.value.clusterPoolName : "";
  if (asked === "" || configured === "" || asked === configured) return;
  const [projectText, domainText, askedText, configuredText] = [
    project,
    domain,
    asked,
    configured,
  ].map(goQuote);
  throw invalidArgument(
    `execution with project ${projectText} and domain ${domainText} cannot run on cluster pool ${askedText}, ` +
      `because its configured to run on pool ${configuredText}`,
  );
}

/** The error of a server that runs everything on its own cluster, for an execution that asks for one by label. */
export function clusterLabelRefusal(spec: ExecutionSpec): ConnectError | undefined {
  const label = spec.executionClusterLabel?.value ?? "";
  if (label === "") return undefined;
  return adminError(
    Code.Internal,
    `failed to create workflow in propeller execution cluster label ${label} is not supported`,
  );
}
