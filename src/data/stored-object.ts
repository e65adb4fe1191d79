import { fromBinary } from "@bufbuild/protobuf";

import { type LiteralMap, LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import { createDownloadLocationMethod } from "../../gen/flyteidl/service/methods.js";
import { FlyteError, SignedUrlError, toFlyteError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import type {
  LiteralsResult,
  LiteralsSource,
  MissingResult,
  TooLargeResult,
  UnreadableResult,
} from "./data-results.js";
import type { ReadDataOptions } from "./read-data-options.js";
import {
  defaultMaxBytes,
  type FetchSignedUrlOptions,
  SignedUrlDownload,
} from "./signed-urls/index.js";

/** The result of one source: an answer, or the reason to try the next source. */
export type SourceResult =
  | LiteralsResult
  | TooLargeResult
  | MissingResult
  | UnreadableResult
  | { readonly kind: "failed"; readonly error: FlyteError };

/** An object in the storage, and how to get a URL for it. */
export interface StoredObject {
  readonly source: LiteralsSource;
  readonly uri: string | undefined;
  /** The length that the server stated; fewer bytes are not the object. */
  readonly bytes: number | undefined;
  /** Asks for a signed URL. */
  sign(signal?: AbortSignal): Promise<string>;
  /** A signed URL that was returned before. */
  readonly url?: string | undefined;
}

/** The result of reading an object: its bytes, or why there are none. */
export type ObjectResult =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | TooLargeResult
  | MissingResult
  | { readonly kind: "failed"; readonly error: FlyteError };

/** Reads a LiteralMap from the storage. */
export async function readStoredLiterals(
  object: StoredObject,
  connection: Connection,
  options: ReadDataOptions,
): Promise<SourceResult> {
  const result = await readStoredObject(object, connection, options);
  return result.kind === "bytes" ? decodeLiterals(result.bytes, object) : result;
}

/** Reads an object from the storage. The URL is signed again once where it has expired. */
export async function readStoredObject(
  object: StoredObject,
  connection: Connection,
  options: ReadDataOptions,
): Promise<ObjectResult> {
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  if (object.bytes !== undefined && object.bytes > maxBytes) {
    return tooLarge(object, object.bytes, connection, options);
  }
  try {
    const url = object.url ?? (await object.sign());
    const transfer = { ...transferOptions(object, connection, options), maxBytes };
    const bytes = await new SignedUrlDownload(url, transfer, connection.closed).bytes();
    if (bytes.length < (object.bytes ?? 0))
      return { kind: "failed", error: truncatedError(object, bytes) };
    return { kind: "bytes", bytes };
  } catch (error) {
    if (!(error instanceof SignedUrlError))
      return { kind: "failed", error: throwUnlessRecoverable(error) };
    switch (error.reason) {
      case "tooLarge":
        return tooLarge(object, error.bytes, connection, options);
      case "missing":
        return { kind: "missing", what: "object", uri: object.uri };
      case "missingBucket":
        return { kind: "missing", what: "bucket", uri: object.uri };
      default:
        return { kind: "failed", error: throwUnlessRecoverable(error) };
    }
  }
}

/** Describes an object by its own URI, which CreateDownloadLocation signs. */
export function objectAtUri(
  uri: string,
  bytes: number | undefined,
  connection: Connection,
  options: ReadDataOptions,
): StoredObject {
  const sign = async (): Promise<string> => {
    try {
      const reply = await callUnary(
        connection,
        createDownloadLocationMethod,
        { nativeUrl: uri },
        callOptionsOf(options),
      );
      return reply.signedUrl;
    } catch (error) {
      throw throwUnlessRecoverable(error, "CreateDownloadLocation");
    }
  };
  return { source: "nativeUri", uri, bytes, sign };
}

/**
 * Throws an error that the caller must see, such as an abort, a deadline or missing rights.
 * Returns any other, after which the next source is worth a try.
 */
export function throwUnlessRecoverable(error: unknown, rpc?: string): FlyteError {
  const flyteError = toFlyteError(error, { rpc });
  if (flyteError instanceof SignedUrlError) return flyteError;
  switch (flyteError.code) {
    case "INTERNAL":
    case "UNKNOWN":
    case "INVALID_ARGUMENT":
    case "FAILED_PRECONDITION":
    case "RESOURCE_EXHAUSTED":
    case "UNIMPLEMENTED":
      return flyteError;
    default:
      throw flyteError;
  }
}

function transferOptions(
  object: StoredObject,
  connection: Connection,
  options: ReadDataOptions,
): FetchSignedUrlOptions {
  return {
    fetch: connection.fetch,
    signal: options.signal,
    resign: (signal) => object.sign(signal),
  };
}

function tooLarge(
  object: StoredObject,
  bytes: number | undefined,
  connection: Connection,
  options: ReadDataOptions,
): TooLargeResult {
  async function* stream(): AsyncGenerator<Uint8Array, void, undefined> {
    const url = await object.sign();
    yield* new SignedUrlDownload(
      url,
      transferOptions(object, connection, options),
      connection.closed,
    );
  }
  return { kind: "tooLarge", bytes, uri: object.uri, stream };
}

/** A map that is cut between two of its literals still decodes, and so do no bytes at all. */
function truncatedError(object: StoredObject, { length }: Uint8Array): SignedUrlError {
  const where = object.uri ?? "the object";
  const message = `The storage returned ${length} of the ${object.bytes} bytes that the server states for ${where}.`;
  return new SignedUrlError(message, { reason: "truncated" });
}

function decodeLiterals(bytes: Uint8Array, object: StoredObject): SourceResult {
  const literals = tryDecode(bytes);
  if (literals !== undefined) return { kind: "literals", literals, source: object.source };
  const where = object.uri ?? "the object";
  return {
    kind: "unreadable",
    uri: object.uri,
    error: new FlyteError(
      `The ${bytes.length} bytes of ${where} are not a flyteidl.core.LiteralMap, or one that is nested too deep.`,
      { code: "DATA_LOSS" },
    ),
  };
}

/** Bytes of another kind may pass for a message that holds only unknown fields. */
function tryDecode(bytes: Uint8Array): LiteralMap | undefined {
  try {
    const map = fromBinary(LiteralMapSchema, bytes);
    return bytes.length > 0 && Object.keys(map.literals).length === 0 ? undefined : map;
  } catch {
    return undefined;
  }
}
