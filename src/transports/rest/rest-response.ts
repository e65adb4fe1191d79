import {
  type DescMessage,
  fromBinary,
  type JsonValue,
  type MessageShape,
} from "@bufbuild/protobuf";
import { type Code, ConnectError } from "@connectrpc/connect";
import { StatusSchema } from "../../../gen/google/rpc/status_pb.js";
import {
  detailFromJson,
  errorText,
  flyteErrorOf,
  type StatusCode,
  UnexpectedResponseError,
} from "../../errors/index.js";
import { excerptOf, type Mask, visibleText } from "./excerpt.js";
import { connectionError } from "../fetch-once.js";
import { answerTooLarge, type Body, readBody } from "../read-body.js";

/** The content type of binary protobuf, exactly as the gateway knows it. */
export const octetStream = "application/octet-stream";

/** More of an error's body is never read: the server cuts its messages at 32,000 bytes. */
const maxErrorBytes = 262_144;

/** The origin of an answer, for messages. */
export interface ResponseContext {
  readonly rpc: string;
  readonly authority: string;
  /** The longest body that is read, in bytes. */
  readonly readMaxBytes: number;
  /** Removes what the request carried as its credentials. */
  readonly mask: Mask;
}

/**
 * Reads the message out of an answer of the gateway.
 *
 * @throws ConnectError with the server's code, message, details and headers.
 * @throws UnexpectedResponseError for an answer that is not the gateway's.
 * @throws ResourceExhaustedError for a message of more than `readMaxBytes`.
 * @throws ConnectionError when the connection breaks in the middle.
 */
export async function messageFrom<O extends DescMessage>(
  context: ResponseContext,
  schema: O,
  response: Response,
): Promise<MessageShape<O>> {
  const isError = response.status >= 400;
  const body = await bodyFrom(context, response, isError ? maxErrorBytes : context.readMaxBytes);
  if (isError) throw errorFrom(context, response, body);
  const { authority, rpc, readMaxBytes, mask } = context;
  if (response.status !== 200 || mediaTypeOf(response) !== octetStream) {
    const what = `${authority} answered ${response.status} with ${typeText(response, mask)} instead of ${octetStream}; ${body.bytes.length === 0 ? "it is empty" : `it begins with ${excerptOf(body.bytes, mask)}`}`;
    throw unexpected(context, response, "UNKNOWN", what, otherServer);
  }
  if (body.cut) throw answerTooLarge(rpc, readMaxBytes);
  try {
    return fromBinary(schema, body.bytes);
  } catch (error) {
    const what = `the ${body.bytes.length} bytes from ${authority} are not a ${schema.typeName}; they begin with ${excerptOf(body.bytes, mask)}`;
    throw unexpected(context, response, "INTERNAL", what, brokenBody, error);
  }
}

const otherServer =
  "Usual causes: a login page or a proxy answers in the server's place, or baseUrl leads to the console instead of the API.";
const brokenBody =
  "Usual causes: the answer was cut short on its way, or another service answers at this address.";

async function bodyFrom(
  context: ResponseContext,
  response: Response,
  maxBytes: number,
): Promise<Body> {
  try {
    return await readBody(response, maxBytes);
  } catch (error) {
    throw connectionError(context.rpc, context.authority, error, "the answer broke off from");
  }
}

function errorFrom(context: ResponseContext, response: Response, body: Body): Error {
  const status = errorStatusOf(body.bytes);
  if (status !== undefined) {
    const error = new ConnectError(status.message, status.code, response.headers);
    error.details = status.details;
    return error;
  }
  const { rpc, authority, mask } = context;
  const code = codeOfHttpStatus(response.status);
  const text = visibleText(new TextDecoder().decode(body.bytes), mask);
  const words = `${authority} answered ${response.status} with ${typeText(response, mask)}: ${text === "" ? "no text" : text}`;
  return flyteErrorOf(code, words, {
    rpc,
    attempts: 1,
    serverMessage: text === "" ? undefined : text,
    headers: response.headers,
  });
}

function unexpected(
  { rpc }: ResponseContext,
  response: Response,
  code: "UNKNOWN" | "INTERNAL",
  what: string,
  remedy: string,
  cause?: unknown,
): UnexpectedResponseError {
  return new UnexpectedResponseError(errorText(rpc, code, what, remedy), {
    rpc,
    code,
    attempts: 1,
    status: response.status,
    contentType: response.headers.get("content-type") ?? undefined,
    cause,
  });
}

function mediaTypeOf(response: Response): string | undefined {
  return response.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
}

function typeText(response: Response, mask: Mask): string {
  const type = response.headers.get("content-type");
  return type === null ? "no content type" : mask(type).slice(0, 100);
}

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
function codeOfHttpStatus(status: number): StatusCode {
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
