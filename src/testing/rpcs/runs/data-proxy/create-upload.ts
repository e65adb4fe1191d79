import { create } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";

import {
  type CreateUploadLocationRequest,
  type CreateUploadLocationResponse,
  CreateUploadLocationResponseSchema,
} from "../../../../../gen/flyteidl/service/dataproxy_pb.js";
import { md5Base64 } from "../../../blobs/index.js";
import { durationNanos, type FlyteState } from "../../../store/index.js";
import { adminError, invalidArgument } from "../../../server-errors.js";
import { durationText, messageText } from "../../../go-format/index.js";
import type { RpcContext } from "../../rpc-types.js";
import { base32 } from "./base32.js";
import { isValidDuration, longestExpiry } from "./expiry.js";
import { expiryTime, failedToSign, noLife } from "./sign-download.js";
import { type UploadPlace, uploadPlace } from "./upload-place.js";

/**
 * Signs the upload of a file. Where its whole path is given and a file is
 * there, the digest must be that file's.
 * @throws ALREADY_EXISTS when another file is there
 */
export function createUploadLocation(
  state: FlyteState,
  request: CreateUploadLocationRequest,
  context: RpcContext,
): CreateUploadLocationResponse {
  checkFields(request);
  if (request.filename !== "" && request.filenameRoot !== "") checkFree(state, request);
  const expiresIn = uploadExpiry(state, request.expiresIn);
  const root = request.filenameRoot === "" ? base32(request.contentMd5) : request.filenameRoot;
  const place = placeOf(state, request, root, "failed to create shardedStorageLocation");
  const seconds = Number(durationNanos(expiresIn) / 1_000_000_000n);
  if (durationNanos(expiresIn) <= 0n) throw failedToSign(noLife);
  const digest = base64Encode(request.contentMd5);
  const signedHeaders = {
    "Content-MD5": digest,
    ...(request.addContentMd5Metadata ? { "x-amz-meta-flyteContentMD5": digest } : {}),
  };
  return create(CreateUploadLocationResponseSchema, {
    signedUrl: state.blobs.sign(place.uri, {
      method: "PUT",
      expiresInSeconds: seconds,
      headers: digest === "" ? {} : signedHeaders,
      now: context.now(),
      base: context.signedUrlBase,
    }),
    nativeUrl: place.nativeUrl,
    expiresAt: expiryTime(context, expiresIn),
    // The length is that of the digest's text, not of any file: clients must drop it.
    headers: { ...signedHeaders, "Content-Length": String(digest.length) },
  });
}

function checkFields(request: CreateUploadLocationRequest): void {
  if (request.project === "" || request.domain === "") {
    throw invalidArgument("project and domain are required parameters");
  }
  if (request.filenameRoot === "" && request.contentMd5.length === 0) {
    throw invalidArgument("content_md5 or filename_root is a required parameter");
  }
}

function checkFree(state: FlyteState, request: CreateUploadLocationRequest): void {
  const root = request.filenameRoot;
  const place = placeOf(state, request, root, "failed to create storage location");
  const existing = state.blobs.get(place.uri);
  if (existing === undefined) return;
  if (base64Encode(request.contentMd5) === md5Base64(existing)) return;
  throw adminError(
    Code.AlreadyExists,
    `file already exists at location [${place.nativeUrl}], specify a matching hash if you wish to rewrite`,
  );
}

function placeOf(
  state: FlyteState,
  request: CreateUploadLocationRequest,
  root: string,
  failure: string,
): UploadPlace {
  const place = uploadPlace(state, request, root);
  if ("uri" in place) return place;
  throw adminError(
    Code.Internal,
    `${failure}, Error: failed to construct datastore reference. Error: ${place.problem}`,
  );
}

function uploadExpiry(state: FlyteState, expiresIn: Duration | undefined): Duration {
  const longest = longestExpiry(state.config.maxExpirySeconds);
  if (expiresIn === undefined) return longest;
  if (!isValidDuration(expiresIn)) {
    throw invalidArgument(`expiresIn [${messageText(DurationSchema, expiresIn)}] is invalid`);
  }
  if (durationNanos(expiresIn) <= durationNanos(longest)) return expiresIn;
  const [asked, max] = [expiresIn, longest].map((span) => durationText(durationNanos(span)));
  throw invalidArgument(`expiresIn [${asked}] cannot exceed max allowed expiration [${max}]`);
}
