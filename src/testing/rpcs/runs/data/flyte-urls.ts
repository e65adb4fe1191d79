import { create } from "@bufbuild/protobuf";

import { type FlyteURLs, FlyteURLsSchema } from "../../../../../gen/flyteidl/admin/common_pb.js";
import {
  type NodeExecutionIdentifier,
  NodeExecutionIdentifierSchema,
  type TaskExecutionIdentifier,
  TaskExecutionIdentifierSchema,
  type WorkflowExecutionIdentifier,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";

/** The flyte:// URLs of a node, made from the identifier as it was asked for. */
export function nodeFlyteUrls(
  id: NodeExecutionIdentifier | undefined,
  hasDeck: boolean,
): FlyteURLs {
  const base = nodeBase(id);
  return create(FlyteURLsSchema, {
    inputs: `${base}/i`,
    outputs: `${base}/o`,
    ...(hasDeck ? { deck: `${base}/d` } : {}),
  });
}

/** The flyte:// URLs of an attempt, which has no deck. */
export function attemptFlyteUrls(id: TaskExecutionIdentifier): FlyteURLs {
  const base = `${nodeBase(id.nodeExecutionId)}/${id.retryAttempt}`;
  return create(FlyteURLsSchema, { inputs: `${base}/i`, outputs: `${base}/o` });
}

function nodeBase(id: NodeExecutionIdentifier | undefined): string {
  const execution = id?.executionId;
  const parts = [execution?.project, execution?.domain, execution?.name, id?.nodeId];
  return ["flyte://v1", ...orgPath(execution), ...parts.map((part) => part ?? "")].join("/");
}

function orgPath(execution: WorkflowExecutionIdentifier | undefined): readonly string[] {
  return execution === undefined || execution.org === "" ? [] : ["org", execution.org];
}

/** The target of a flyte:// URL. */
export interface FlyteUrlTarget {
  /** The node; for an attempt's URL too. */
  readonly nodeId: NodeExecutionIdentifier;
  /** The attempt, whose task the URL does not tell; none for a node's URL. */
  readonly attempt: TaskExecutionIdentifier | undefined;
  readonly kind: "i" | "o" | "d";
  /** One literal by its name; empty for all. */
  readonly literalName: string;
}

const part = "[a-zA-Z0-9_-]+";
const target = `(?<project>${part})/(?<domain>${part})/(?<name>${part})/(?<node>${part})(?:/(?<attempt>[0-9]+))?`;
// Not anchored at the start, as the server's.
const patterns = ["org/(?<org>" + part + ")/", ""].flatMap((org) => [
  new RegExp(`flyte://v1/${org}${target}/(?<kind>[iod])$`),
  new RegExp(`flyte://v1/${org}${target}/(?<kind>[io])/(?<literal>${part})$`),
]);

/** Reads a flyte:// URL; nothing when it is none that the server resolves. */
export function parseFlyteUrl(url: string): FlyteUrlTarget | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(url)?.groups;
    if (groups !== undefined) return targetOf(groups);
  }
  return undefined;
}

function targetOf(groups: Readonly<Record<string, string | undefined>>): FlyteUrlTarget {
  const { org = "", project = "", domain = "", name = "", node = "", attempt, kind } = groups;
  const nodeId = create(NodeExecutionIdentifierSchema, {
    nodeId: node,
    executionId: { org, project, domain, name },
  });
  return {
    nodeId,
    attempt: attempt === undefined ? undefined : attemptOf(nodeId, attempt),
    kind: kind === "i" || kind === "d" ? kind : "o",
    literalName: groups["literal"] ?? "",
  };
}

function attemptOf(
  nodeExecutionId: NodeExecutionIdentifier,
  attempt: string,
): TaskExecutionIdentifier {
  const retryAttempt = Number(BigInt.asUintN(32, BigInt(attempt)));
  return create(TaskExecutionIdentifierSchema, { nodeExecutionId, retryAttempt });
}
