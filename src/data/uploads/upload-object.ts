import { callUnary, type Connection } from "../../calls/index.js";
import { createUploadLocationMethod } from "../../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../../internal/index.js";
import { abortable } from "../../internal/cancellation/index.js";
import {
  type OptionNames,
  requireInteger,
  requireKnownOptions,
  requireOptions,
} from "../../internal/validation/index.js";
import {
  contentMd5,
  createTransferDeadline,
  defaultMaxBytes,
  sizeOf,
  type TransferOptions,
  type UploadBody,
  type UploadLocation,
  uploadToSignedUrl,
} from "../signed-urls/index.js";
import { collectBody, type OnceReadable } from "./collect-body.js";
import {
  uploadLocationRequest,
  type UploadLocationInput,
  uploadTargetNames,
} from "./upload-target.js";

/** An upload: its content and its place. */
export interface UploadInput extends UploadLocationInput {
  /**
   * The content: bytes, a Blob (a browser's `File` is one), a stream, or a file (`fileBody` of
   * `flyte-admin-client/node`). Of these only a stream is collected in memory before it is sent.
   */
  readonly body: UploadBody | OnceReadable;
  /**
   * The MD5 of the content, 16 bytes, where it is known.
   * @defaultValue reckoned from the content, which is read once more for it
   */
  readonly contentMd5?: Uint8Array | undefined;
}

/** Options of an upload: those of the call for a place, and those of the transfer. */
export interface UploadOptions
  extends
    Pick<CallOptions, "headers" | "contextValues">,
    Pick<
      TransferOptions,
      "signal" | "timeoutMs" | "maxRetries" | "retryDelayMs" | "onProgress" | "fetch"
    > {
  /**
   * The most bytes of a stream to keep in memory.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBufferBytes?: number | undefined;
}

const uploadRequestNames: OptionNames<UploadInput> = { ...uploadTargetNames, body: true };

const uploadOptionNames: OptionNames<UploadOptions> = {
  headers: true,
  contextValues: true,
  signal: true,
  timeoutMs: true,
  maxRetries: true,
  retryDelayMs: true,
  onProgress: true,
  fetch: true,
  maxBufferBytes: true,
};

/** An object that was uploaded. */
export interface UploadedObject {
  /** The storage's own address, such as `s3://bucket/key`: what a blob literal's `uri` holds. */
  readonly nativeUri: string;
  /** The size of the object, in bytes. */
  readonly bytes: number;
  /** 16 bytes. */
  readonly contentMd5: Uint8Array;
}

/**
 * Uploads an object and gives its address in the storage, which a blob literal holds.
 *
 * The MD5 of the content is reckoned first, part by part, and the storage checks the upload
 * against it. A broken upload is made again from its start. Progress of a file in Node is reported
 * as its bytes are read; elsewhere `fetch` shows nothing between the start and the end.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the content is read;
 *   AlreadyExistsError when another content is at that name; SignedUrlError when the storage
 *   does not take it
 */
export async function uploadObject(
  connection: Connection,
  request: UploadInput,
  options: UploadOptions = {},
): Promise<UploadedObject> {
  const {
    maxBufferBytes = defaultMaxBytes,
    signal,
    timeoutMs,
    ...rest
  } = requireOptions(options, uploadOptionNames);
  requireInteger(maxBufferBytes, "maxBufferBytes", { min: 0, unit: "bytes" });
  const { body: content, ...target } = requireKnownOptions(
    request,
    uploadRequestNames,
    "request",
    "an object with body",
  );
  uploadLocationRequest({ contentMd5: new Uint8Array(16), ...target }, connection.defaults);
  const deadline = createTransferDeadline("The upload", { signal, timeoutMs }, connection.closed);
  try {
    const body = await collectBody(content, maxBufferBytes, deadline.signal);
    const md5 = target.contentMd5 ?? (await contentMd5(body, deadline.signal));
    const nativeUri = await put(
      connection,
      { ...target, contentMd5: md5 },
      body,
      // The deadline around all steps holds where the caller set one.
      { ...rest, ...(timeoutMs !== undefined && { timeoutMs: 0 }) },
      deadline.signal,
    );
    return { nativeUri, bytes: sizeOf(body), contentMd5: md5 };
  } finally {
    deadline.release();
  }
}

/** A place that is asked for again, since its URL expired, may be another one. */
async function put(
  connection: Connection,
  target: UploadLocationInput,
  body: UploadBody,
  { headers, contextValues, ...transfer }: UploadOptions,
  signal: AbortSignal,
): Promise<string> {
  const { defaults, fetch } = connection;
  const request = uploadLocationRequest(target, defaults);
  let nativeUri = "";
  const locate = async (): Promise<UploadLocation> => {
    const call = { signal, ...(headers && { headers }), ...(contextValues && { contextValues }) };
    const location = await abortable(signal, () =>
      callUnary(connection, createUploadLocationMethod, request, call),
    );
    nativeUri = location.nativeUrl;
    return location;
  };
  await uploadToSignedUrl(await locate(), body, { fetch, ...transfer, signal, resign: locate });
  return nativeUri;
}
