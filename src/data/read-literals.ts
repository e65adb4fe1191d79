import { create } from "@bufbuild/protobuf";

import { type LiteralMap, LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { getDataMethod } from "../../gen/flyteidl/service/methods.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import { FlyteError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import type {
  InputsResult,
  LiteralsResult,
  LiteralsSource,
  OutputsResult,
  UnreadableResult,
} from "./data-results.js";
import type { ReadDataOptions } from "./read-data-options.js";
import type { RecordedData } from "./recorded-data.js";
import {
  objectAtUri,
  readStoredLiterals,
  type SourceResult,
  throwUnlessRecoverable,
} from "./stored-object.js";

/**
 * Reads inputs or outputs from the cheapest source that has them. The sources, in order:
 *
 * 1. the row of the execution, node or attempt, where the caller holds it
 * 2. the literals that the data call returns inline
 * 3. the signed URL that the data call returns
 * 4. the row, read from the server
 * 5. GetData, which returns one half where both together are over the message limit
 * 6. the object's own URI, signed by CreateDownloadLocation
 *
 * An empty map is never an answer: the server returns it for no data, too much data and lost data.
 */
export async function readLiterals<Result extends OutputsResult>(
  target: DataTarget<Result>,
  connection: Connection,
  options: ReadDataOptions,
): Promise<Result | InputsResult> {
  if (target.recorded?.kind === "final") return target.recorded.result;

  const failures: FlyteError[] = [];
  const part = await callData(target);
  if (part instanceof FlyteError) failures.push(part);
  else {
    const inline = inlineLiterals(part);
    if (inline !== undefined) return inline;
    if (isHttpUrl(part.url)) {
      const result = await readSignedUrl(target, part, connection, options);
      if (result.kind !== "failed") return withUri(result, target);
      failures.push(result.error);
    }
  }

  const recorded = target.recorded ?? (await target.getRecorded());
  if (recorded.kind === "final") return recorded.result;
  if (isTooLargeForCall(part) && target.flyteUrl !== undefined) {
    const result = await readFlyteUrl(target.flyteUrl, connection, options);
    if (result.kind !== "failed") return result;
    failures.push(result.error);
  }
  const uri = recorded.uri ?? unsignedUri(part);
  if (uri !== "") {
    const object = objectAtUri(uri, statedBytes(part), connection, options);
    const result = await readStoredLiterals(object, connection, options);
    if (result.kind !== "failed") return result;
    failures.push(result.error);
  }
  return unreadable(recorded.uri, failures[0], target.rpc);
}

/** The inputs or the outputs of one execution, node or attempt, and the calls that lead to them. */
export interface DataTarget<Result> {
  /** The data call, for errors. */
  readonly rpc: string;
  /** The data as the row records it, where the caller holds the row. */
  readonly recorded: RecordedData<Result> | undefined;
  /** The `flyte://` URL of the data, where GetData can resolve one. */
  readonly flyteUrl: string | undefined;
  /** Gets the row from the server. */
  getRecorded(): Promise<RecordedData<Result>>;
  /** Makes the data call. */
  getData(): Promise<DataPart>;
}

/** The inputs or the outputs in the answer of a data call. */
export interface DataPart {
  readonly literals: LiteralMap | undefined;
  /** The signed URL; the storage URI where the server signs with scheme `none`; empty where signing is off. */
  readonly url: string;
  /** The object's length; 0 where signing is off. */
  readonly bytes: bigint;
}

async function callData(target: DataTarget<unknown>): Promise<DataPart | FlyteError> {
  try {
    return await target.getData();
  } catch (error) {
    return throwUnlessRecoverable(error, target.rpc);
  }
}

function inlineLiterals({ literals, url, bytes }: DataPart): LiteralsResult | undefined {
  if (hasLiterals(literals)) return literalsResult(literals, "inline");
  // The server signs a URL of an object, and states its length: an empty object holds an empty map.
  if (url !== "" && bytes === 0n) return literalsResult(create(LiteralMapSchema), "inline");
  return undefined;
}

function readSignedUrl(
  target: DataTarget<unknown>,
  part: DataPart,
  connection: Connection,
  options: ReadDataOptions,
): Promise<SourceResult> {
  const object = {
    source: "signedUrl" as const,
    uri: target.recorded?.kind === "stored" ? target.recorded.uri : undefined,
    bytes: Number(part.bytes),
    url: part.url,
    sign: async () => (await target.getData()).url,
  };
  return readStoredLiterals(object, connection, options);
}

/** Adds the object's own URI to a result that has to name it; the signed URL says nothing of it. */
async function withUri<Result extends InputsResult>(
  result: Result,
  target: DataTarget<unknown>,
): Promise<Result> {
  if ((result.kind !== "tooLarge" && result.kind !== "missing") || result.uri !== undefined) {
    return result;
  }
  const recorded = target.recorded ?? (await target.getRecorded());
  return recorded.kind === "stored" ? { ...result, uri: recorded.uri } : result;
}

async function readFlyteUrl(
  flyteUrl: string,
  connection: Connection,
  options: ReadDataOptions,
): Promise<SourceResult> {
  try {
    const { data } = await callUnary(
      connection,
      getDataMethod,
      { flyteUrl },
      callOptionsOf(options),
    );
    if (data.case === "literalMap" && hasLiterals(data.value)) {
      return literalsResult(data.value, "getData");
    }
    const error = new FlyteError(
      "GetData returned an empty map, which does not show whether there is data.",
      { rpc: "GetData" },
    );
    return { kind: "failed", error };
  } catch (error) {
    return { kind: "failed", error: throwUnlessRecoverable(error, "GetData") };
  }
}

function isTooLargeForCall(part: DataPart | FlyteError): boolean {
  return part instanceof FlyteError && part.code === "RESOURCE_EXHAUSTED";
}

/** With the scheme `none` the server states the storage URI in place of a signed URL. */
function unsignedUri(part: DataPart | FlyteError): string {
  return part instanceof FlyteError || isHttpUrl(part.url) ? "" : part.url;
}

function statedBytes(part: DataPart | FlyteError): number | undefined {
  return part instanceof FlyteError || part.bytes === 0n ? undefined : Number(part.bytes);
}

function unreadable(
  uri: string | undefined,
  firstFailure: FlyteError | undefined,
  rpc: string,
): UnreadableResult {
  const error =
    firstFailure ??
    new FlyteError(
      `${rpc} returned an empty map and no URL: there is no data, or it is over the server's size limits. ` +
        "Turn on remoteData.signedUrls.enabled, or raise storage.limits.maxDownloadMBs, on the server.",
      { code: "FAILED_PRECONDITION", rpc },
    );
  return { kind: "unreadable", uri, error };
}

function literalsResult(literals: LiteralMap, source: LiteralsSource): LiteralsResult {
  return { kind: "literals", literals, source };
}

function hasLiterals(map: LiteralMap | undefined): map is LiteralMap {
  return map !== undefined && Object.keys(map.literals).length > 0;
}

function isHttpUrl(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
