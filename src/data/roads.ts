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

/** The end of a way that was tried: an answer, or the reason to try another way. */
export type RoadEnd =
  | LiteralsResult
  | TooLargeResult
  | MissingResult
  | UnreadableResult
  | { readonly kind: "blocked"; readonly error: FlyteError };

/** An object in the storage, and how to get a URL for it. */
export interface StoredObject {
  readonly source: LiteralsSource;
  readonly uri: string | undefined;
  /** The length, where the server said it; fewer bytes are not the object. */
  readonly bytes: number | undefined;
  /** Asks for a signed URL. */
  sign(signal?: AbortSignal): Promise<string>;
  /** A URL that is at hand, to start with. */
  readonly url?: string | undefined;
}

/** The end of reading an object: its bytes, or why there are none. */
export type ObjectEnd =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | TooLargeResult
  | MissingResult
  | { readonly kind: "blocked"; readonly error: FlyteError };

/** Reads a LiteralMap from the storage. */
export async function readStored(
  object: StoredObject,
  connection: Connection,
  options: ReadDataOptions,
): Promise<RoadEnd> {
  const end = await readObject(object, connection, options);
  return end.kind === "bytes" ? decode(end.bytes, object) : end;
}

/** Reads an object from the storage. The URL is signed anew once where it has expired. */
export async function readObject(
  object: StoredObject,
  connection: Connection,
  options: ReadDataOptions,
): Promise<ObjectEnd> {
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  if (object.bytes !== undefined && object.bytes > maxBytes) {
    return tooLarge(object, object.bytes, connection, options);
  }
  try {
    const url = object.url ?? (await object.sign());
    const transfer = { ...transferOptions(object, connection, options), maxBytes };
    const bytes = await new SignedUrlDownload(url, transfer, connection.closed).bytes();
    if (bytes.length < (object.bytes ?? 0))
      return { kind: "blocked", error: cutShort(object, bytes) };
    return { kind: "bytes", bytes };
  } catch (error) {
    if (!(error instanceof SignedUrlError)) return { kind: "blocked", error: passable(error) };
    switch (error.reason) {
      case "tooLarge":
        return tooLarge(object, error.bytes, connection, options);
      case "missing":
        return { kind: "missing", what: "object", uri: object.uri };
      case "missingBucket":
        return { kind: "missing", what: "bucket", uri: object.uri };
      default:
        return { kind: "blocked", error: passable(error) };
    }
  }
}

/** An object by its own URI, which CreateDownloadLocation signs. */
export function nativeObject(
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
      throw passable(error, "CreateDownloadLocation");
    }
  };
  return { source: "nativeUri", uri, bytes, sign };
}

/** Lets through what the caller must see (an abort, a deadline, missing rights), and gives back the rest. */
export function passable(error: unknown, rpc?: string): FlyteError {
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
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    const url = await object.sign();
    yield* new SignedUrlDownload(
      url,
      transferOptions(object, connection, options),
      connection.closed,
    );
  }
  return { kind: "tooLarge", bytes, uri: object.uri, stream: parts };
}

/** A map that is cut between two of its literals is still a map, and so are no bytes at all. */
function cutShort(object: StoredObject, { length }: Uint8Array): SignedUrlError {
  const where = object.uri ?? "the object";
  const message = `The storage gave ${length} of the ${object.bytes} bytes that the server tells of ${where}.`;
  return new SignedUrlError(message, { reason: "truncated" });
}

function decode(bytes: Uint8Array, object: StoredObject): RoadEnd {
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
