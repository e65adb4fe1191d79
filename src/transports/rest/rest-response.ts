import { type DescMessage, fromBinary, type MessageShape } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";

import { errorText, flyteErrorOf, UnexpectedResponseError } from "../../errors/index.js";
import { connectionError } from "../connection-error.js";
import { excerptOf, type Mask, visibleText } from "../excerpt.js";
import { answerTooLarge, type Body, readBody } from "../read-body.js";
import { codeOfHttpStatus, errorStatusOf } from "./error-status.js";

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
    const what = `${authority} answered ${response.status} with ${typeText(response)} instead of ${octetStream}; ${body.bytes.length === 0 ? "it is empty" : `it begins with ${excerptOf(body.bytes, mask)}`}`;
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
  const words = `${authority} answered ${response.status} with ${typeText(response)}: ${text === "" ? "no text" : text}`;
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

function typeText(response: Response): string {
  return response.headers.get("content-type")?.slice(0, 100) ?? "no content type";
}
