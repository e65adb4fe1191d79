import { fromBinary, type JsonValue } from "@bufbuild/protobuf";
import type { Code, ConnectError } from "@connectrpc/connect";

import { StatusSchema } from "../../../gen/google/rpc/status_pb.js";
import { detailFromJson, type StatusCode } from "../../errors/index.js";

/** Returns the status in an error's body. */
interface ErrorStatus {
  /** gRPC's number, 1 to 16. */
  readonly code: Code;
  readonly message: string;
  readonly details: ConnectError["details"];
}

/**
 * Reads the status out of an error's body, in each form that it has: the gateway
 * answers in binary or in JSON, and a body may have been cut short on its way.
 * `undefined` when there is none, as in a page or a text of a proxy.
 */
export function errorStatusOf(bytes: Uint8Array): ErrorStatus | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  return first === openingBrace
    ? fromJsonBody(bytes)
    : (fromWholeBody(bytes) ?? fromCutBody(bytes));
}

const openingBrace = 0x7b;

function fromWholeBody(bytes: Uint8Array): ErrorStatus | undefined {
  try {
    const status = fromBinary(StatusSchema, bytes);
    if (!isErrorCode(status.code)) return undefined;
    const details = status.details.map(({ typeUrl, value }) => ({
      type: typeUrl.replace(/^.*\//s, ""),
      value,
    }));
    return { code: status.code, message: status.message, details };
  } catch {
    return undefined;
  }
}

/** Code and what there is of the message, from the beginning of an encoded status. */
function fromCutBody(bytes: Uint8Array): ErrorStatus | undefined {
  const [codeTag, code, messageTag] = bytes;
  if (codeTag !== 0x08 || code === undefined || !isErrorCode(code) || (messageTag ?? 0x12) !== 0x12)
    return undefined;
  let start = 3;
  while ((bytes[start] ?? 0) >= 0x80) start += 1;
  // The end may cut a character in two; what decodes is kept.
  const message = new TextDecoder().decode(bytes.subarray(start + 1)).replace(/\uFFFD+$/, "");
  return { code, message, details: [] };
}

function fromJsonBody(bytes: Uint8Array): ErrorStatus | undefined {
  const body = parseJson(new TextDecoder().decode(bytes));
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
  const { code, message, details } = body;
  if (typeof code !== "number" || !isErrorCode(code)) return undefined;
  return {
    code,
    message: typeof message === "string" ? message : "",
    details: Array.isArray(details) ? details.flatMap((each) => detailFromJson(each) ?? []) : [],
  };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse returns nothing else, but its type is `any`.
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function isErrorCode(code: number): code is Code {
  return Number.isInteger(code) && code >= 1 && code <= 16;
}

/**
 * The code for an HTTP status whose body holds no status of gRPC's, as a proxy
 * sends it: gRPC's own table, so that every wire reports the same code.
 */
export function codeOfHttpStatus(status: number): StatusCode {
  switch (status) {
    case 400:
      return "INTERNAL";
    case 401:
      return "UNAUTHENTICATED";
    case 403:
      return "PERMISSION_DENIED";
    case 404:
      return "UNIMPLEMENTED";
    case 429:
    case 502:
    case 503:
    case 504:
      return "UNAVAILABLE";
    default:
      return "UNKNOWN";
  }
}
