import {
  ArtifactType,
  type CreateDownloadLocationResponse,
  type CreateUploadLocationResponse,
  type GetDataResponse,
  type PreSignedURLs,
} from "../../gen/flyteidl/service/dataproxy_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  createDownloadLinkMethod,
  createDownloadLocationMethod,
  createUploadLocationMethod,
  getDataMethod,
} from "../../gen/flyteidl/service/methods.js";
import { InvalidOptionError, NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import { describeValue } from "../internal/validation/index.js";
import { type NodeExecutionIdInput, requireNodeExecutionId } from "../values/identifiers/index.js";
import { expiresIn, type Expiry, requireExpiry } from "./signed-urls/index.js";
import { type UploadLocationInput, uploadLocationRequest } from "./upload-target.js";

/**
 * Resolves a `flyte://` URL as the server does: to literals, to one literal, or to signed URLs of
 * a deck.
 *
 * An empty literal map is ambiguous, as in `getFlyteUrlData` of a node or an attempt; `resolveFlyteUrl` distinguishes the cases.
 *
 * @throws InvalidArgumentError when the URL has no form that the server knows, or names an
 *   attempt or a literal that is not there; NotFoundError when the node or its deck does not exist
 */
export async function getFlyteUrlData(
  connection: Connection,
  flyteUrl: string,
  options?: CallOptions,
): Promise<GetDataResponse> {
  checkAddress("flyteUrl", flyteUrl, /^flyte:\/\/./, "flyte://v1/project/domain/execution/node/o");
  return callUnary(connection, getDataMethod, { flyteUrl }, options);
}

/**
 * Signs URLs of the deck that a node wrote: an HTML page.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when the
 *   node has no deck; InvalidArgumentError when the node does not exist
 */
export async function createDeckLink(
  connection: Connection,
  nodeExecutionId: NodeExecutionIdInput,
  expiry: Expiry = {},
  options?: CallOptions,
): Promise<PreSignedURLs> {
  const id = requireNodeExecutionId(
    nodeExecutionId,
    requireDefaults(connection),
    "nodeExecutionId",
  );
  const reply = await callUnary(
    connection,
    createDownloadLinkMethod,
    {
      artifactType: ArtifactType.DECK,
      source: { case: "nodeExecutionId", value: id },
      ...expiresIn(requireExpiry(expiry)),
    },
    options,
  );
  if (reply.preSignedUrls !== undefined) return reply.preSignedUrls;
  throw new NotFoundError("The server returned no signed URL of the deck", {
    rpc: "CreateDownloadLink",
  });
}

/**
 * Signs a URL of any object in the server's storage. Nothing is checked: the URL of an object
 * that does not exist answers 404 when it is fetched.
 *
 * @param nativeUrl - the storage's own address, as `s3://bucket/key`
 * @throws InvalidOptionError before the call; FlyteError with code INTERNAL when the address
 *   names no bucket
 */
export async function createDownloadLocation(
  connection: Connection,
  nativeUrl: string,
  expiry: Expiry = {},
  options?: CallOptions,
): Promise<CreateDownloadLocationResponse> {
  const request = {
    nativeUrl: requireObjectUri("nativeUrl", nativeUrl),
    ...expiresIn(requireExpiry(expiry)),
  };
  return callUnary(connection, createDownloadLocationMethod, request, options);
}

/**
 * Signs a URL to upload a file to, and says where the file will be.
 *
 * The headers that come along must be sent with the upload, except `Content-Length`, which the
 * server gets wrong. `uploadObject` does all of it.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; AlreadyExistsError when
 *   another content is at that name
 */
export async function createUploadLocation(
  connection: Connection,
  target: UploadLocationInput,
  options?: CallOptions,
): Promise<CreateUploadLocationResponse> {
  const request = uploadLocationRequest(target, requireDefaults(connection));
  return callUnary(connection, createUploadLocationMethod, request, options);
}

/**
 * Checks the storage's own address of an object.
 *
 * @throws InvalidOptionError
 */
export function requireObjectUri(option: string, uri: string): string {
  checkAddress(option, uri, /^[a-z][a-z\d+.-]*:\/\/[^/?#]+\/./i, "s3://bucket/key");
  return uri;
}

/** Refuses an address that has not the form of its kind; the text is not shown, as it may be a signed URL. */
function checkAddress(option: string, value: unknown, form: RegExp, sample: string): void {
  if (typeof value === "string" && form.test(value)) return;
  const given = typeof value === "string" ? "a string of another form" : describeValue(value);
  throw new InvalidOptionError(`${option} must be an address such as ${sample}, got ${given}.`, {
    option,
  });
}
