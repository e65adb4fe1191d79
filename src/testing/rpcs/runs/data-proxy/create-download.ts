import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  type NodeExecutionIdentifier,
  NodeExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  ArtifactType,
  ArtifactTypeSchema,
  type CreateDownloadLinkRequest,
  CreateDownloadLinkRequestSchema,
  type CreateDownloadLinkResponse,
  CreateDownloadLinkResponseSchema,
  type CreateDownloadLocationRequest,
  type CreateDownloadLocationResponse,
  CreateDownloadLocationResponseSchema,
} from "../../../../../gen/flyteidl/service/dataproxy_pb.js";
import type { FlyteState, NodeExecutionRow } from "../../../store/index.js";
import { adminError, invalidArgument, textOf } from "../../../server-errors.js";
import { messageText, parseUrl } from "../../../go-format/index.js";
import type { RpcContext } from "../../rpc-types.js";
import { nodeMessage } from "../nodes/index.js";
import { enumName, requireNode } from "../rows/index.js";
import { downloadExpiry } from "./expiry.js";
import { signDownload } from "./sign-download.js";

/** Signs the download of any object. Whether it exists is not looked at. */
export function createDownloadLocation(
  state: FlyteState,
  request: CreateDownloadLocationRequest,
  context: RpcContext,
): CreateDownloadLocationResponse {
  const expiresIn = downloadExpiry(request.expiresIn, state.config.maxExpirySeconds);
  if (typeof expiresIn === "string") {
    throw invalidArgument(
      `error while validating request: expiresIn is invalid. Error: ${expiresIn}`,
    );
  }
  if ("fault" in parseUrl(request.nativeUrl)) {
    throw invalidArgument(
      `error while validating request: failed to parse native_url [${request.nativeUrl}]`,
    );
  }
  const { url, expiresAt } = signDownload(state, context, request.nativeUrl, expiresIn);
  return create(CreateDownloadLocationResponseSchema, { signedUrl: url, expiresAt });
}

/**
 * Signs the download of a node's deck.
 * @throws INVALID_ARGUMENT for a node that does not exist
 * @throws NOT_FOUND when the node has no deck, or the deck is not there yet
 */
export function createDownloadLink(
  state: FlyteState,
  request: CreateDownloadLinkRequest,
  context: RpcContext,
): CreateDownloadLinkResponse {
  const { nodeId, expiresIn } = checkLinkRequest(state, request);
  const { closure } = nodeMessage(findLinkedNode(state, nodeId));
  // Any other type than "undefined" is taken, and has no address.
  const deckUri = request.artifactType === ArtifactType.DECK ? (closure?.deckUri ?? "") : "";
  if (deckUri === "") {
    const text = messageText(CreateDownloadLinkRequestSchema, { ...request, expiresIn });
    throw adminError(Code.NotFound, `no deckUrl found for request [${text}]`);
  }
  checkDeckExists(state, deckUri);
  const { url, expiresAt } = signDownload(state, context, deckUri, expiresIn);
  return create(CreateDownloadLinkResponseSchema, {
    signedUrl: [url],
    expiresAt,
    preSignedUrls: { signedUrl: [url], expiresAt },
  });
}

function checkLinkRequest(state: FlyteState, request: CreateDownloadLinkRequest) {
  const refuse = (problem: string) =>
    invalidArgument(`error while validating request. Error: ${problem}`);
  const expiresIn = downloadExpiry(request.expiresIn, state.config.maxExpirySeconds);
  if (typeof expiresIn === "string") throw refuse(`expiresIn is invalid. Error: ${expiresIn}`);
  if (request.artifactType === ArtifactType.UNDEFINED) {
    throw refuse(`invalid artifact type [${enumName(ArtifactTypeSchema, request.artifactType)}]`);
  }
  if (request.source.case === undefined) throw refuse("source is required. Provided nil");
  return { nodeId: request.source.value, expiresIn };
}

function findLinkedNode(state: FlyteState, id: NodeExecutionIdentifier): NodeExecutionRow {
  try {
    return requireNode(state, id);
  } catch (error) {
    const text = messageText(NodeExecutionIdentifierSchema, id);
    throw invalidArgument(`failed to find node execution [${text}]. Error: ${textOf(error)}`);
  }
}

function checkDeckExists(state: FlyteState, uri: string): void {
  if (state.blobs.has(uri)) return;
  const bucket = /^[^:]+:\/\/([^/]*)/.exec(uri)?.[1] ?? "";
  if (!state.blobs.bucketExists(bucket)) {
    throw adminError(
      Code.Internal,
      `failed to head object before signing url. Error: failed to find bucket ${bucket}`,
    );
  }
  throw adminError(Code.NotFound, "object not found");
}
