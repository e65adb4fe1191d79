import { create } from "@bufbuild/protobuf";

import { NodeExecutionGetDataRequestSchema } from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import { TaskExecutionGetDataRequestSchema } from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import {
  NodeExecutionIdentifierSchema,
  type TaskExecutionIdentifier,
  TaskExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import {
  ArtifactType,
  CreateDownloadLinkRequestSchema,
  type GetDataRequest,
  type GetDataResponse,
  GetDataResponseSchema,
} from "../../../../../gen/flyteidl/service/dataproxy_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { invalidArgument } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import type { RpcContext } from "../../rpc-types.js";
import {
  type FlyteUrlTarget,
  getNodeExecutionData,
  getTaskExecutionData,
  parseFlyteUrl,
} from "../data/index.js";
import { attemptIdOf, findNode } from "../rows/index.js";
import { createDownloadLink } from "./create-download.js";

/** Resolves a flyte:// URL to the literals, the literal, or the deck that it names. */
export function getData(
  state: FlyteState,
  request: GetDataRequest,
  context: RpcContext,
): GetDataResponse {
  const target = targetOf(request.flyteUrl);
  if (target.attempt !== undefined) return attemptData(state, context, target, target.attempt);
  return nodeData(state, context, target);
}

function targetOf(url: string): FlyteUrlTarget {
  const refuse = (problem: string) =>
    invalidArgument(`failed to validate resolve artifact request. Error: ${problem}`);
  if (url === "") throw refuse("source is required. Provided empty string");
  if (!url.startsWith("flyte://")) {
    throw refuse("request does not start with the correct prefix");
  }
  const target = parseFlyteUrl(url);
  if (target !== undefined) return target;
  throw invalidArgument(`failed to parse artifact url Error: failed to parse [${url}]`);
}

function nodeData(
  state: FlyteState,
  context: RpcContext,
  { nodeId, kind, literalName }: FlyteUrlTarget,
): GetDataResponse {
  const request = create(NodeExecutionGetDataRequestSchema, { id: nodeId });
  const data = getNodeExecutionData(state, request, context);
  if (kind === "d") {
    const link = create(CreateDownloadLinkRequestSchema, {
      artifactType: ArtifactType.DECK,
      source: { case: "nodeExecutionId", value: nodeId },
    });
    const { preSignedUrls } = createDownloadLink(state, link, context);
    return create(GetDataResponseSchema, {
      data: { case: "preSignedUrls", value: preSignedUrls ?? {} },
    });
  }
  const owner = `node execution [${messageText(NodeExecutionIdentifierSchema, nodeId)}]`;
  return pick(kind === "i" ? data.fullInputs : data.fullOutputs, literalName, owner);
}

function attemptData(
  state: FlyteState,
  context: RpcContext,
  { nodeId, kind, literalName }: FlyteUrlTarget,
  partial: TaskExecutionIdentifier,
): GetDataResponse {
  const row = findNode(state, nodeId)?.attempts?.find(
    ({ retryAttempt }) => retryAttempt === partial.retryAttempt,
  );
  if (row === undefined) {
    const text = messageText(TaskExecutionIdentifierSchema, partial);
    throw invalidArgument(`no task executions were listed [${text}]. Error: <nil>`);
  }
  const id = attemptIdOf(row);
  const request = create(TaskExecutionGetDataRequestSchema, { id });
  const data = getTaskExecutionData(state, request, context);
  if (kind === "d") {
    throw invalidArgument(
      "deck type cannot be specified with a retry attempt, just use the node instead",
    );
  }
  const owner = `task execution [${messageText(TaskExecutionIdentifierSchema, id)}]`;
  return pick(kind === "i" ? data.fullInputs : data.fullOutputs, literalName, owner);
}

function pick(literals: LiteralMap | undefined, name: string, owner: string): GetDataResponse {
  if (name === "") {
    const value = literals ?? create(LiteralMapSchema);
    return create(GetDataResponseSchema, { data: { case: "literalMap", value } });
  }
  const all = literals?.literals ?? {};
  const value = Object.hasOwn(all, name) ? all[name] : undefined;
  if (value === undefined) throw invalidArgument(`name [${name}] not found in ${owner}`);
  return create(GetDataResponseSchema, { data: { case: "literal", value } });
}
