import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";

import { durationNanos, type FlyteState, timestampOf } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";
import { parseUrl } from "../../../go-format/index.js";
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
 * @throws INTERNAL when the address names no bucket or no object
 */
export function signDownload(
  state: FlyteState,
  context: RpcContext,
  uri: string,
  expiresIn: Duration,
): SignedLink {
  const parsed = parseUrl(uri);
  if ("fault" in parsed) throw failedToSign(parsed.fault);
  const key = parsed.path.replace(/^\/+|\/+$/g, "");
  const nanos = durationNanos(expiresIn);
  if (nanos <= 0n) throw failedToSign(noLife);
  checkObject(parsed.host, key);
  const url = state.blobs.sign(`s3://${parsed.host}/${key}`, {
    method: "GET",
    expiresInSeconds: Number(nanos / 1_000_000_000n),
    now: context.now(),
    base: context.signedUrlBase,
  });
  return { url, expiresAt: expiryTime(context, expiresIn) };
}

/** The signer's refusal of a link that expires at once. */
export const noLife =
  "InvalidPresignExpireError: presigned URL requires an expire duration greater than 0";

/** The error for a link that cannot be signed. */
export function failedToSign(reason: string): Error {
  return adminError(Code.Internal, `failed to create a signed url. Error: ${reason}`);
}

/** When a link that is signed now ends. */
export function expiryTime(context: RpcContext, expiresIn: Duration): Timestamp {
  const nowMicros = context.now().getTime() * 1000;
  return timestampOf(nowMicros + Number(durationNanos(expiresIn) / 1000n));
}

/** The checks of the S3 client that signs. */
function checkObject(bucket: string, key: string): void {
  const missing = [
    ...(bucket === "" ? ["GetObjectInput.Bucket"] : []),
    ...(key === "" ? ["GetObjectInput.Key"] : []),
  ];
  if (missing.length === 0) return;
  const lines = missing.map((field) => `- minimum field size of 1, ${field}.\n`);
  throw failedToSign(
    `InvalidParameter: ${missing.length} validation error(s) found.\n${lines.join("")}`,
  );
}
