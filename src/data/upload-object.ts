import { createUploadLocationMethod } from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import { ResourceExhaustedError } from "../errors/index.js";
import { abortable } from "../internal/cancellation/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  invalidOption,
  type OptionNames,
  requireInteger,
  requireKnownOptions,
  requireObject,
  requireOptions,
} from "../internal/validation/index.js";
import {
  contentMd5,
  createTransferDeadline,
  defaultMaxBytes,
  partsOf,
  sizeOf,
  type TransferOptions,
  type UploadBody,
  type UploadLocation,
  uploadToSignedUrl,
} from "./signed-urls/index.js";
import {
  type UploadLocationInput,
  uploadLocationRequest,
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
  uploadLocationRequest({ contentMd5: new Uint8Array(16), ...target }, requireDefaults(connection));
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
  const { fetch } = connection;
  const request = uploadLocationRequest(target, requireDefaults(connection));
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

/** Content that can be read only once. */
export type OnceReadable = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Makes content that can be read only once into content that can be read again:
 * its MD5 must be known before it is sent, and a broken upload restarts.
 *
 * @throws InvalidOptionError for a body of another type; ResourceExhaustedError above `maxBytes`
 */
async function collectBody(
  content: UploadBody | OnceReadable,
  maxBytes: number,
  signal: AbortSignal,
): Promise<UploadBody> {
  requireObject(content, "body", bodies);
  if (!isOnceReadable(content)) return checkBody(content);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const part of partsOf(content, signal)) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    parts.push(new Uint8Array(part));
  }
  return new Blob(parts);
}

const bodies = "a Uint8Array, a Blob, a stream, or a file (fileBody of flyte-admin-client/node)";

function isOnceReadable(content: UploadBody | OnceReadable): content is OnceReadable {
  return "getReader" in content || Symbol.asyncIterator in content;
}

/** Callers without types may give anything. */
function checkBody(content: UploadBody): UploadBody {
  const readable = content instanceof Uint8Array || content instanceof Blob || "open" in content;
  if (readable) return content;
  throw invalidOption("body", bodies, content);
}

function tooLarge(maxBytes: number): Error {
  return new ResourceExhaustedError(
    `The stream to upload has more than maxBufferBytes (${maxBytes}). A stream is kept in memory until it has ended: ` +
      "raise maxBufferBytes, or give a Blob or, in Node, a file.",
  );
}
