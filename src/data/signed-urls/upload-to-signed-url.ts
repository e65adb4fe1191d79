import { SignedUrlError } from "../../errors/index.js";
import { abortable, type Deadline, linkSignals, sleep } from "../../internal/cancellation/index.js";
import { createTransferDeadline } from "./transfer.js";
import { type TransferOptions, type TransferSettings, transferSettings } from "./options.js";
import { send, type StorageRequest } from "./request.js";
import { parseSignedUrl } from "./signed-url.js";
import { storageFailure } from "./storage-answer.js";
import { counted, sizeOf, type UploadBody } from "./upload-body.js";

/** The target of an upload: the answer of CreateUploadLocation. */
export interface UploadLocation {
  readonly signedUrl: string;
  /** Headers that the server asks to be sent. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Options of {@link uploadToSignedUrl}. */
export interface UploadToSignedUrlOptions extends TransferOptions {
  /** Returns a new place for the same object. Called at most once, when the URL has expired. */
  readonly resign?: ((signal: AbortSignal) => Promise<UploadLocation>) | undefined;
}

/**
 * Puts an object where a signed URL says, with the headers that the server
 * asked for. Left out are those that a client must not set: the server's
 * `Content-Length` is that of the MD5's text, and would break the upload.
 *
 * The storage takes or refuses the whole object, so a broken upload is made
 * again from its start. Answers of 200 and 201 are success. No redirect is followed.
 * Progress of an `UploadSource` is reported as its bytes are read, and restarts with each
 * try; of bytes and Blobs it is reported at the start and at the end: `fetch` shows nothing between.
 *
 * @throws SignedUrlError whose `reason` says what happened; CanceledError; DeadlineExceededError
 */
export async function uploadToSignedUrl(
  target: UploadLocation,
  body: UploadBody,
  options: UploadToSignedUrlOptions = {},
): Promise<void> {
  const total = sizeOf(body);
  const { signal, timeoutMs = defaultUploadTimeoutMs(total) } = options;
  const deadline = createTransferDeadline("The upload", { signal, timeoutMs });
  try {
    options.onProgress?.({ done: 0, total });
    await putUntilDone(target, body, options, deadline);
    options.onProgress?.({ done: total, total });
  } finally {
    deadline.release();
  }
}

/** A storage is silent until an upload is complete, so its silence cannot end an upload that hangs. */
function defaultUploadTimeoutMs(bytes: number): number {
  return 60_000 + Math.ceil(bytes / 2 ** 20) * 4_000;
}

async function putUntilDone(
  first: UploadLocation,
  body: UploadBody,
  options: UploadToSignedUrlOptions,
  deadline: Deadline,
): Promise<void> {
  const settings = transferSettings(options);
  let target = first;
  let resign = options.resign;
  for (let retry = 1; ;) {
    try {
      await put(target, sentBody(body, options), deadline, settings);
      return;
    } catch (error) {
      const reason = error instanceof SignedUrlError ? error.reason : undefined;
      if (reason === "expired" && resign !== undefined) {
        target = await resign(deadline.signal);
        resign = undefined;
        continue;
      }
      const transient = reason === "unreachable" || reason === "unavailable";
      if (!transient || retry > settings.maxRetries || deadline.signal.aborted) throw error;
      await sleep(settings.retryDelayMs(retry), deadline.signal);
      retry += 1;
    }
  }
}

/** The content as `fetch` takes it. A stream is opened again for each attempt. */
interface SentBody {
  readonly body: BodyInit;
  /** The headers of the content's own. */
  readonly headers: Readonly<Record<string, string>>;
}

function sentBody(body: UploadBody, { onProgress }: UploadToSignedUrlOptions): SentBody {
  if (body instanceof Blob) return { body, headers: {} };
  if (body instanceof Uint8Array) return { body: unshared(body), headers: {} };
  const total = body.size;
  // A storage takes no upload of unknown length.
  const headers = { "content-length": String(total) };
  if (onProgress === undefined) return { body: body.open(), headers };
  const report = (bytes: number): void => {
    onProgress({ done: bytes, total });
  };
  return { body: counted(body.open(), report), headers };
}

async function put(
  target: UploadLocation,
  { body, headers }: SentBody,
  deadline: Deadline,
  settings: TransferSettings,
): Promise<void> {
  const linked = linkSignals([deadline.signal]);
  const request: StorageRequest = {
    method: "PUT",
    url: parseSignedUrl(target.signedUrl),
    headers: { ...allowedHeaders(target.headers), ...headers },
    body,
    signal: linked.signal,
  };
  try {
    // The storage is silent for as long as the upload takes.
    const patient = { ...settings, idleTimeoutMs: 0 };
    const response = await abortable(deadline.signal, () => send(request, patient));
    if (response.status === 200 || response.status === 201) return;
    throw await storageFailure(response, request, (work) => abortable(deadline.signal, work));
  } finally {
    linked.abort();
  }
}

/** `fetch` takes no memory that is shared between threads. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes);
}

const notOurs =
  /^(?:content-length|host|connection|transfer-encoding|expect|date|origin|referer|cookie|sec-.*|proxy-.*)$/i;

/** The server fills in an empty `Content-MD5` where it was given none. */
function allowedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== "" && !notOurs.test(name)),
  );
}
