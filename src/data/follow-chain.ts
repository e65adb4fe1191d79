import { create } from "@bufbuild/protobuf";

import { type LiteralMap, LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import { getDataMethod } from "../../gen/flyteidl/service/methods.js";
import { FlyteError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import type { DataHalf, DataQuestion, Standing } from "./data-question.js";
import type {
  InputsResult,
  LiteralsSource,
  OutputsResult,
  UnreadableResult,
} from "./data-results.js";
import { withOffloaded } from "./offloaded.js";
import { type ReadDataOptions, requireReadOptions } from "./read-data-options.js";
import { nativeObject, passable, readStored, type RoadEnd } from "./roads.js";

/**
 * Follows the ways to the data, the cheapest first: what the row says, the
 * literals of the data call, its signed URL, GetData, and the object's own URI
 * signed by CreateDownloadLocation. An empty map of the server is never taken
 * for an answer: it looks the same for no data, too much data and lost data.
 */
export async function followChain<Result extends OutputsResult>(
  question: DataQuestion<Result>,
  connection: Connection,
  options: ReadDataOptions,
): Promise<Result | InputsResult> {
  requireReadOptions(options);
  const result = await follow(question, connection, options);
  return result.kind === "literals" ? withOffloaded(result, connection, options) : result;
}

async function follow<Result extends OutputsResult>(
  question: DataQuestion<Result>,
  connection: Connection,
  options: ReadDataOptions,
): Promise<Result | InputsResult> {
  if (question.known?.kind === "settled") return question.known.result;
  const half = await ask(question);
  const blocked: FlyteError[] = half instanceof FlyteError ? [half] : [];
  if (!(half instanceof FlyteError)) {
    if (hasLiterals(half.literals)) return literals(half.literals, "inline");
    if (half.url !== "" && half.bytes === 0n) return literals(create(LiteralMapSchema), "inline");
    if (isHttp(half.url)) {
      const end = await bySignedUrl(question, half, connection, options);
      if (end.kind !== "blocked") return end;
      blocked.push(end.error);
    }
  }
  const standing = question.known ?? (await question.look());
  if (standing.kind === "settled") return standing.result;
  for (const road of laterRoads(question, half, standing, connection, options)) {
    const end = await road();
    if (end.kind !== "blocked") return end;
    blocked.push(end.error);
  }
  return unreadable(standing.uri, blocked[0], question.rpc);
}

async function ask(question: DataQuestion<unknown>): Promise<DataHalf | FlyteError> {
  try {
    return await question.ask();
  } catch (error) {
    return passable(error, question.rpc);
  }
}

function bySignedUrl(
  question: DataQuestion<unknown>,
  half: DataHalf,
  connection: Connection,
  options: ReadDataOptions,
): Promise<RoadEnd> {
  const uri = question.known?.kind === "stored" ? question.known.uri : undefined;
  const object = {
    source: "signedUrl" as const,
    uri,
    bytes: Number(half.bytes),
    url: half.url,
    sign: async () => (await question.ask()).url,
  };
  return readStored(object, connection, options);
}

function* laterRoads(
  question: DataQuestion<unknown>,
  half: DataHalf | FlyteError,
  standing: Standing<unknown> & { readonly kind: "stored" },
  connection: Connection,
  options: ReadDataOptions,
): Generator<() => Promise<RoadEnd>> {
  const { flyteUrl } = question;
  // Both halves together may be over the message limit where one alone is not.
  if (half instanceof FlyteError && half.code === "RESOURCE_EXHAUSTED" && flyteUrl !== undefined) {
    yield () => byGetData(flyteUrl, connection, options);
  }
  const bare = half instanceof FlyteError || isHttp(half.url) ? "" : half.url;
  const uri = standing.uri ?? bare;
  if (uri === "") return;
  const bytes = half instanceof FlyteError || half.bytes === 0n ? undefined : Number(half.bytes);
  yield () => readStored(nativeObject(uri, bytes, connection, options), connection, options);
}

async function byGetData(
  flyteUrl: string,
  connection: Connection,
  options: ReadDataOptions,
): Promise<RoadEnd> {
  try {
    const { data } = await callUnary(
      connection,
      getDataMethod,
      { flyteUrl },
      callOptionsOf(options),
    );
    if (data.case === "literalMap" && hasLiterals(data.value))
      return literals(data.value, "getData");
    const error = new FlyteError("GetData gave an empty map, which says nothing.", {
      rpc: "GetData",
    });
    return { kind: "blocked", error };
  } catch (error) {
    return { kind: "blocked", error: passable(error, "GetData") };
  }
}

function unreadable(
  uri: string | undefined,
  first: FlyteError | undefined,
  rpc: string,
): UnreadableResult {
  const error =
    first ??
    new FlyteError(
      `${rpc} gave an empty map and no URL: this may be no data, or data over the server's size limits. ` +
        "Turn on remoteData.signedUrls.enabled, or raise storage.limits.maxDownloadMBs, on the server.",
      { code: "FAILED_PRECONDITION", rpc },
    );
  return { kind: "unreadable", uri, error };
}

function literals(map: LiteralMap, source: LiteralsSource): InputsResult & { kind: "literals" } {
  return { kind: "literals", literals: map, source };
}

function hasLiterals(map: LiteralMap | undefined): map is LiteralMap {
  return map !== undefined && Object.keys(map.literals).length > 0;
}

function isHttp(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
