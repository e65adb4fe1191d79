import { durationFromMs } from "@bufbuild/protobuf/wkt";
import type { CallOptions } from "@connectrpc/connect";

import {
  ArtifactType,
  type CreateDownloadLocationResponse,
  type CreateUploadLocationResponse,
  type GetDataResponse,
  type PreSignedURLs,
} from "../../gen/flyteidl/service/dataproxy_pb.js";
import { InvalidOptionError, NotFoundError } from "../errors/index.js";
import {
  type NodeExecutionIdInput,
  requireNodeExecutionId,
  requireScope,
  type ScopeInput,
} from "../identifiers/index.js";
import type { ResourceContext } from "./context.js";

/** How long a signed URL lives. */
export interface Expiry {
  /**
   * More than 0, and at most what the server allows, which is an hour by default.
   * @defaultValue what the server allows
   */
  readonly expiresInSeconds?: number;
}

/** Where a file is to be uploaded to. The server needs `contentMd5`, `filenameRoot` or both. */
export interface UploadTarget extends ScopeInput, Expiry {
  /**
   * The last part of the path.
   * @defaultValue 20 random characters
   */
  readonly filename?: string;
  /**
   * The part of the path before the file name.
   * @defaultValue the MD5 in base32
   */
  readonly filenameRoot?: string;
  /** The MD5 of the content, 16 bytes. The storage checks the upload against it. */
  readonly contentMd5?: Uint8Array;
  /**
   * Whether the storage is to keep the MD5 with the object, so that a later upload of the same
   * content to the same name is allowed.
   * @defaultValue `false`
   */
  readonly addContentMd5Metadata?: boolean;
}

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
   * Resolves a `flyte://` URL: to literals, to one literal, or to signed URLs of a deck.
   *
   * An empty literal map is ambiguous, as in `getData` of a node or an attempt.
   *
   * @throws InvalidArgumentError when the URL has no form that the server knows, or names an
   *   attempt or a literal that is not there; NotFoundError when there is no such node or deck
   */
  async getData(flyteUrl: string, options?: CallOptions): Promise<GetDataResponse> {
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
    const request = { nativeUrl, ...expiresIn(expiry) };
    return this.#context.clients.dataProxy.createDownloadLocation(request, options);
  }

  /**
   * Signs a URL to upload a file to, and says where the file will be.
   *
   * The headers that come along must be sent with the upload, except `Content-Length`, which the
   * server gets wrong.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; AlreadyExistsError when
   *   another content is at that name
   */
  async createUploadLocation(
    target: UploadTarget,
    options?: CallOptions,
  ): Promise<CreateUploadLocationResponse> {
    const { filename, filenameRoot, contentMd5, addContentMd5Metadata } = target;
    if (!contentMd5?.length && !filenameRoot) {
      throw new InvalidOptionError(
        "neither contentMd5 nor filenameRoot is given: the server needs one of them to name the object",
        { option: "contentMd5" },
      );
    }
    const request = {
      ...requireScope(target, this.#context.defaults),
      ...(filename !== undefined && { filename }),
      ...(filenameRoot !== undefined && { filenameRoot }),
      ...(contentMd5 !== undefined && { contentMd5: new Uint8Array(contentMd5) }),
      ...(addContentMd5Metadata !== undefined && { addContentMd5Metadata }),
      ...expiresIn(target),
    };
    return this.#context.clients.dataProxy.createUploadLocation(request, options);
  }
}

function expiresIn({ expiresInSeconds }: Expiry): {
  expiresIn?: ReturnType<typeof durationFromMs>;
} {
  if (expiresInSeconds === undefined) return {};
  // The storage signs a URL of less than a second as one that is dead on arrival.
  if (Number.isFinite(expiresInSeconds) && expiresInSeconds >= 1) {
    return { expiresIn: durationFromMs(Math.round(expiresInSeconds * 1000)) };
  }
  throw new InvalidOptionError(
    `expiresInSeconds is ${expiresInSeconds}: give at least 1, or leave it out for the longest that the server allows`,
    { option: "expiresInSeconds" },
  );
}
