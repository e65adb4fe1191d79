import { SignedUrlError } from "../../errors/index.js";
import {
  abortable,
  type Deadline,
  linkSignals,
  withDeadline,
} from "../../internal/cancellation/index.js";
import { type ObjectFacts, readObjectFacts, storageFailure, type Wait } from "./storage-answer.js";
import type { TransferSettings } from "./options.js";
import { describeRequest, send, type StorageRequest } from "./request.js";

/** An open answer of a storage, whose body is read part by part. */
export interface Connection {
  readonly facts: ObjectFacts;
  /** The next part of the body; `undefined` at its end. */
  read(): Promise<Uint8Array | undefined>;
  /** Ends the connection, read to its end or not. */
  close(): void;
}

/** From where in which version of the object to read. */
export interface ResumePoint {
  readonly offset: number;
  readonly etag: string | undefined;
}

/**
 * Opens an object.
 *
 * @throws SignedUrlError for any answer but 200 and 206.
 */
export async function openObject(
  url: URL,
  from: ResumePoint,
  deadline: Deadline,
  settings: TransferSettings,
): Promise<Connection> {
  const linked = linkSignals([deadline.signal]);
  const close = (): void => {
    linked.abort();
  };
  const request: StorageRequest = {
    method: "GET",
    url,
    headers: rangeHeaders(from),
    signal: linked.signal,
  };
  const wait: Wait = (work) =>
    withDeadline(
      {
        signals: [deadline.signal],
        timeoutMs: settings.idleTimeoutMs,
        timeoutError: (limitMs) =>
          new SignedUrlError(
            `${describeRequest(request)}: the storage sent nothing for ${limitMs} ms.`,
            { reason: "truncated" },
          ),
      },
      work,
    );
  try {
    const response = await abortable(deadline.signal, () => send(request, settings));
    if (response.status !== 200 && response.status !== 206) {
      throw await storageFailure(response, request, wait);
    }
    return { facts: readObjectFacts(response), read: reader(response, wait), close };
  } catch (error) {
    close();
    throw error;
  }
}

function rangeHeaders(from: ResumePoint): Record<string, string> {
  if (from.offset === 0) return {};
  const range = { range: `bytes=${from.offset}-` };
  return from.etag === undefined ? range : { ...range, "if-match": from.etag };
}

function reader(response: Response, wait: Wait): () => Promise<Uint8Array | undefined> {
  const body = response.body?.getReader();
  return async () => {
    if (body === undefined) return undefined;
    const { done, value } = await wait(() => body.read());
    return done ? undefined : value;
  };
}
