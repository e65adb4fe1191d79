import { create, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import { type UrlBlob, UrlBlobSchema } from "../../../../../gen/flyteidl/admin/common_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { adminError, invalidArgument } from "../../../server-errors.js";
import type { RpcContext } from "../../rpc-types.js";
import { readLiterals } from "../rows/index.js";

/** Inputs or outputs: where they can be fetched, and what they are. */
export interface LiteralData {
  readonly url: UrlBlob;
  readonly literals: LiteralMap;
}

/** The place of a closure's outputs. */
export interface OutputPlace {
  readonly uri: string;
  /** Outputs that are in the closure itself, as old servers kept them. */
  readonly inline?: LiteralMap | undefined;
}

/**
 * The literals at an address, with a signed URL. Without an address both are
 * empty, and the literals are too when the object cannot be read.
 * @throws INTERNAL when the object is not there and URLs are signed
 */
export function literalData(state: FlyteState, context: RpcContext, uri: string): LiteralData {
  return { url: urlBlob(state, context, uri), literals: readLiterals(state, uri) };
}

/**
 * The outputs that a closure refers to. Those in the closure count before any
 * address, and are left out when they are too large.
 */
export function outputData(
  state: FlyteState,
  context: RpcContext,
  { uri, inline }: OutputPlace,
): LiteralData {
  if (inline === undefined) return literalData(state, context, uri);
  const isSmall = toBinary(LiteralMapSchema, inline).length < state.config.maxDataBytes;
  return {
    url: urlBlob(state, context, uri),
    literals: isSmall ? inline : create(LiteralMapSchema),
  };
}

function urlBlob(state: FlyteState, context: RpcContext, uri: string): UrlBlob {
  if (uri === "" || !state.config.signUrls) return create(UrlBlobSchema);
  if (!uri.startsWith("s3://")) throw invalidArgument(`invalid uri: ${uri}`);
  const bytes = state.blobs.get(uri);
  if (bytes === undefined) throw missingObject(uri);
  const url = state.blobs.sign(uri, {
    method: "GET",
    expiresInSeconds: state.config.signedUrlMinutes * 60,
    now: context.now(),
    base: context.signedUrlBase,
  });
  return create(UrlBlobSchema, { url, bytes: BigInt(bytes.length) });
}

// The text is that of the storage's client, with its trailing space.
function missingObject(uri: string): Error {
  const requestId = crypto.randomUUID().replaceAll("-", "").toUpperCase();
  return adminError(
    Code.Internal,
    `failed to get object size for ${uri} with NotFound: Not Found\n` +
      `\tstatus code: 404, request id: ${requestId}, host id: `,
  );
}
