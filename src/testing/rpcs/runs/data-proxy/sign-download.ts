import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";

import { durationNanos, type FlyteState, timestampOf } from "../../../store/index.js";
import { adminError } from "../../errors.js";
import type { RpcContext } from "../../rpc-types.js";

/** A signed URL and when it ends. */
export interface SignedLink {
  readonly url: string;
  readonly expiresAt: Timestamp;
}

/**
 * Signs the download of an object, whether or not it exists, in whatever scheme
 * its address is. The signer refuses a life of zero; part of a second counts as
 * no life at all.
 * @throws INTERNAL when there is no bucket in the address
 */
export function signDownload(
  state: FlyteState,
  context: RpcContext,
  uri: string,
  expiresIn: Duration,
): SignedLink {
  const object = objectOf(uri);
  const nanos = durationNanos(expiresIn);
  if (object === undefined) throw failedToSign("invalid URI, no bucket found");
  if (nanos <= 0n) throw failedToSign(noLife);
  const url = state.blobs.sign(object, {
    method: "GET",
    expiresInSeconds: Number(nanos / 1_000_000_000n),
    now: context.now(),
    base: context.signedUrlBase,
  });
  return { url, expiresAt: expiryTime(context, expiresIn) };
}

/** What the signer has against a link without a life. */
export const noLife = "presign URL with an expiration of 0 or less is not allowed";

/** The error for a link that cannot be signed. */
export function failedToSign(reason: string): Error {
  return adminError(Code.Internal, `failed to create a signed url. Error: ${reason}`);
}

/** When a link that is signed now ends. */
export function expiryTime(context: RpcContext, expiresIn: Duration): Timestamp {
  const nowMicros = context.now().getTime() * 1000;
  return timestampOf(nowMicros + Number(durationNanos(expiresIn) / 1000n));
}

/** The object of an address: its bucket and its path, percent-decoded, without query and fragment. */
function objectOf(uri: string): string | undefined {
  const [, bucket = "", key = ""] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)\/?([^?#]*)/i.exec(uri) ?? [];
  return bucket === ""
    ? undefined
    : `s3://${bucket}/${decoded(uri, key).replace(/^\/+|\/+$/g, "")}`;
}

/** @throws INTERNAL when the percent signs do not make a URL */
function decoded(uri: string, key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    throw failedToSign(`parse ${JSON.stringify(uri)}: invalid URL escape`);
  }
}
