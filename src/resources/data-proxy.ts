import type { CallOptions } from "@connectrpc/connect";

import {
  ArtifactType,
  type CreateDownloadLocationResponse,
  type CreateUploadLocationResponse,
  type GetDataResponse,
  type PreSignedURLs,
} from "../../gen/flyteidl/service/dataproxy_pb.js";
import { type Expiry, expiresIn } from "../data/expiry.js";
import type { ReadDataOptions, ResolvedResult } from "../data/index.js";
import { InvalidOptionError, NotFoundError } from "../errors/index.js";
import type { FlyteUrl } from "../values/flyte-urls/index.js";
import { type NodeExecutionIdInput, requireNodeExecutionId } from "../values/identifiers/index.js";
import type {
  UploadedObject,
  UploadOptions,
  UploadRequest,
  UploadTarget,
} from "../data/uploads/index.js";
import { dataContext, type ResourceContext } from "./context.js";

/**
 * The data proxy: signed URLs of what executions read and wrote.
 *
 * {@includeCode ../../examples/resources/data-proxy.ts#example}
 */
export class DataProxy {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Resolves a `flyte://` URL: to inputs or outputs, to one literal among them, or to a deck.
   *
   * Data that the server does not give this way, since it is too large for it, is read another way.
   *
   * @returns what the URL leads to, or why there is nothing; never an empty map that means "unknown"
   * @throws InvalidIdentifierError before any call, for a text that is no such URL, and for one that
   *   the server gives out and cannot resolve (a name with a dot, say); NotFoundError when there
   *   is no such node or attempt
   */
  async resolve(flyteUrl: string | FlyteUrl, options?: ReadDataOptions): Promise<ResolvedResult> {
    const { resolveFlyteUrl } = await this.#context.loadLater(options);
    return resolveFlyteUrl(dataContext(this.#context), flyteUrl, options);
  }

  /**
   * Resolves a `flyte://` URL as the server does: to literals, to one literal, or to signed URLs of
   * a deck.
   *
   * An empty literal map is ambiguous, as in `getData` of a node or an attempt; `resolve` tells.
   *
   * @throws InvalidArgumentError when the URL has no form that the server knows, or names an
   *   attempt or a literal that is not there; NotFoundError when there is no such node or deck
   */
  async getData(flyteUrl: string, options?: CallOptions): Promise<GetDataResponse> {
    checkAddress(
      "flyteUrl",
      flyteUrl,
      /^flyte:\/\/./,
      "flyte://v1/project/domain/execution/node/o",
    );
    return this.#context.clients.dataProxy.getData({ flyteUrl }, options);
  }

  /**
   * Signs URLs of the deck that a node wrote: an HTML page.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when the
   *   node has no deck; InvalidArgumentError when there is no such node
   */
  async createDeckLink(
    nodeExecutionId: NodeExecutionIdInput | undefined,
    expiry: Expiry = {},
    options?: CallOptions,
  ): Promise<PreSignedURLs> {
    const id = requireNodeExecutionId(nodeExecutionId, this.#context.defaults, "nodeExecutionId");
    const reply = await this.#context.clients.dataProxy.createDownloadLink(
      {
        artifactType: ArtifactType.DECK,
        source: { case: "nodeExecutionId", value: id },
        ...expiresIn(expiry),
      },
      options,
    );
    if (reply.preSignedUrls !== undefined) return reply.preSignedUrls;
    throw new NotFoundError("The server signed no URL of the deck", { rpc: "CreateDownloadLink" });
  }

  /**
   * Signs a URL of any object in the server's storage. Nothing is checked: the URL of an object
   * that does not exist answers 404 when it is fetched.
   *
   * @param nativeUrl - the storage's own address, as `s3://bucket/key`
   * @throws InvalidOptionError before the call; FlyteError with code INTERNAL when the address
   *   names no bucket
   */
  async createDownloadLocation(
    nativeUrl: string,
    expiry: Expiry = {},
    options?: CallOptions,
  ): Promise<CreateDownloadLocationResponse> {
    checkAddress("nativeUrl", nativeUrl, /^[a-z][a-z\d+.-]*:\/\/[^/?#]+\/./i, "s3://bucket/key");
    const request = { nativeUrl, ...expiresIn(expiry) };
    return this.#context.clients.dataProxy.createDownloadLocation(request, options);
  }

  /**
   * Signs a URL to upload a file to, and says where the file will be.
   *
   * The headers that come along must be sent with the upload, except `Content-Length`, which the
   * server gets wrong. `upload` does all of it.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; AlreadyExistsError when
   *   another content is at that name
   */
  async createUploadLocation(
    target: UploadTarget,
    options?: CallOptions,
  ): Promise<CreateUploadLocationResponse> {
    const { uploadLocationRequest } = await this.#context.loadLater(options);
    const request = uploadLocationRequest(target, this.#context.defaults);
    return this.#context.clients.dataProxy.createUploadLocation(request, options);
  }

  /**
   * Uploads an object and gives its address in the storage, which a blob literal holds.
   *
   * The MD5 of the content is reckoned first, part by part, and the storage checks the upload
   * against it. A broken upload is made again from its start. Progress of a file in Node is told
   * as its bytes are taken; elsewhere `fetch` shows nothing between the start and the end.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the content is read;
   *   AlreadyExistsError when another content is at that name; SignedUrlError when the storage
   *   does not take it
   */
  async upload(request: UploadRequest, options?: UploadOptions): Promise<UploadedObject> {
    const { clients, defaults, fetch, closed, loadLater } = this.#context;
    const { uploadObject } = await loadLater(options);
    return uploadObject(
      { dataProxy: clients.dataProxy, defaults, fetch, closed },
      request,
      options,
    );
  }
}

/** Refuses an address that has not the form of its kind; the text is not shown, as it may be a signed URL. */
function checkAddress(option: string, value: unknown, form: RegExp, sample: string): void {
  if (typeof value === "string" && form.test(value)) return;
  const given = typeof value === "string" ? "not such an address" : `of type ${typeof value}`;
  throw new InvalidOptionError(`${option} is ${given}; it must be one such as ${sample}`, {
    option,
  });
}
