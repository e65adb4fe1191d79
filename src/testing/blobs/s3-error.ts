import { type HttpResponse, textResponse } from "../http-messages.js";
import type { ObjectPlace } from "./object-uri.js";

/** The errors of the storage that a signed URL can meet. */
export type S3ErrorCode =
  | "AccessDenied"
  | "AuthorizationQueryParametersError"
  | "BadDigest"
  | "InvalidDigest"
  | "InvalidRange"
  | "MethodNotAllowed"
  | "NoSuchBucket"
  | "NoSuchKey"
  | "SignatureDoesNotMatch"
  | "SlowDown";

const statuses: Readonly<Record<S3ErrorCode, number>> = {
  AccessDenied: 403,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  InvalidDigest: 400,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
};

/** An error of the storage, in its XML. */
export function s3Error(
  code: S3ErrorCode,
  message: string,
  place: ObjectPlace,
  status: number = statuses[code],
): HttpResponse {
  const parts = { Code: code, Message: message, Key: place.key, BucketName: place.bucket };
  const fields = Object.entries(parts)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");
  return textResponse(
    status,
    "application/xml",
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${fields}</Error>`,
  );
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
