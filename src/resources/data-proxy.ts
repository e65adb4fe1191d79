import type {
  CreateDownloadLocationResponse,
  CreateUploadLocationResponse,
  GetDataResponse,
  PreSignedURLs,
} from "../../gen/flyteidl/service/dataproxy_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  createDeckLink,
  createDownloadLocation,
  createUploadLocation,
  downloadBlob,
  type DownloadBlobOptions,
  type Expiry,
  getFlyteUrlData,
  type ReadDataOptions,
  type ResolvedResult,
  resolveFlyteUrl,
  type UploadedObject,
  uploadObject,
  type UploadOptions,
  type UploadInput,
  type UploadLocationInput,
} from "../data/index.js";
import type { SignedUrlDownload } from "../data/signed-urls/index.js";
import type { FlyteUrl } from "../values/index.js";
import type { NodeExecutionIdInput } from "../values/identifiers/index.js";
import type { BlobRef } from "../values/literals/index.js";

/**
 * The data proxy: signed URLs of what executions read and wrote.
 *
 * @example
 * ```ts
 * const executionId = { project: "flytesnacks", domain: "development", name: "decked0001" };
 * const deck = await admin.nodeExecutions.deck({ executionId, nodeId: "n0" });
 * console.log(deck.kind === "deck" ? await deck.html() : `no deck: ${deck.kind}`);
 *
 * const url = "flyte://v1/flytesnacks/development/demo0001/n0/3/o/o0";
 * const output = await admin.dataProxy.resolve(url);
 * console.log(url, output.kind);
 *
 * const { nativeUri } = await admin.dataProxy.upload({
 *   project: "flytesnacks",
 *   domain: "development",
 *   filenameRoot: "notes",
 *   filename: "hello.txt",
 *   body: new TextEncoder().encode("hello"),
 * });
 * console.log(nativeUri);
 *
 * const location = await admin.dataProxy.createDownloadLocation(nativeUri);
 * for await (const part of fetchSignedUrl(location.signedUrl)) console.log(part.length, "bytes");
 * ```
 */
export class DataProxy {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Resolves a `flyte://` URL: to inputs or outputs, to one literal among them, or to a deck.
   *
   * Data that the server does not give this way, since it is too large for it, is read another way.
   *
   * @returns what the URL leads to, or why there is nothing; never an empty map that means "unknown"
   * @throws InvalidIdentifierError before any call, for a text that is not a `flyte://` URL, and for one that
   *   the server returns and cannot resolve (a name with a dot, say); NotFoundError when the
   *   node or attempt does not exist
   */
  resolve(flyteUrl: string | FlyteUrl, options?: ReadDataOptions): Promise<ResolvedResult> {
    return resolveFlyteUrl(this.#connection, flyteUrl, options);
  }

  /**
   * Resolves a `flyte://` URL as the server does: to literals, to one literal, or to signed URLs of
   * a deck.
   *
   * An empty literal map is ambiguous, as in `getData` of a node or an attempt; `resolve` distinguishes the cases.
   *
   * @throws InvalidArgumentError when the URL has no form that the server knows, or names an
   *   attempt or a literal that is not there; NotFoundError when the node or its deck does not exist
   */
  getData(flyteUrl: string, options?: CallOptions): Promise<GetDataResponse> {
    return getFlyteUrlData(this.#connection, flyteUrl, options);
  }

  /**
   * Signs URLs of the deck that a node wrote: an HTML page.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when the
   *   node has no deck; InvalidArgumentError when the node does not exist
   */
  createDeckLink(
    nodeExecutionId: NodeExecutionIdInput,
    expiry?: Expiry,
    options?: CallOptions,
  ): Promise<PreSignedURLs> {
    return createDeckLink(this.#connection, nodeExecutionId, expiry, options);
  }

  /**
   * Signs a URL of any object in the server's storage. Nothing is checked: the URL of an object
   * that does not exist answers 404 when it is fetched.
   *
   * @param nativeUrl - the storage's own address, as `s3://bucket/key`
   * @throws InvalidOptionError before the call; FlyteError with code INTERNAL when the address
   *   names no bucket
   */
  createDownloadLocation(
    nativeUrl: string,
    expiry?: Expiry,
    options?: CallOptions,
  ): Promise<CreateDownloadLocationResponse> {
    return createDownloadLocation(this.#connection, nativeUrl, expiry, options);
  }

  /**
   * Signs a URL of a file in the storage, and returns its download: whole with `.bytes()`, part by part
   * with `for await`, or as a web stream with `.toReadableStream()`. The URL is signed again once when it
   * has expired.
   *
   * @param ref - a blob among inputs or outputs, as `literalsToValues` returns it, or the storage's own
   *   address, such as `s3://bucket/key`
   * @throws InvalidOptionError before any call, also for a blob of many parts, which is a folder and has
   *   no URL of its own; SignedUrlError, whose `reason` may be `missing`, when the object is read
   */
  downloadBlob(
    ref: string | Pick<BlobRef, "uri"> | BlobRef,
    options?: DownloadBlobOptions,
  ): Promise<SignedUrlDownload> {
    return downloadBlob(this.#connection, ref, options);
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
  createUploadLocation(
    target: UploadLocationInput,
    options?: CallOptions,
  ): Promise<CreateUploadLocationResponse> {
    return createUploadLocation(this.#connection, target, options);
  }

  /**
   * Uploads an object and returns its address in the storage, which a blob literal holds.
   *
   * The MD5 of the content is reckoned first, part by part, and the storage checks the upload
   * against it. A broken upload is made again from its start. Progress of a file in Node is reported
   * as its bytes are read; elsewhere `fetch` shows nothing between the start and the end.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the content is read;
   *   AlreadyExistsError when another content is at that name; SignedUrlError when the storage
   *   does not take it
   */
  upload(request: UploadInput, options?: UploadOptions): Promise<UploadedObject> {
    return uploadObject(this.#connection, request, options);
  }
}
