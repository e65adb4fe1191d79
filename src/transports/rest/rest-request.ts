import { toBinary, type DescMethod, type Message } from "@bufbuild/protobuf";

import {
  errorText,
  InvalidArgumentError,
  InvalidIdentifierError,
  UnsupportedByTransportError,
} from "../../errors/index.js";
import {
  type FieldPath,
  fieldText,
  queryOf,
  type RestLimitReason,
  restLimitTexts,
  valueAt,
} from "./query.js";
import { describeValue } from "../../internal/validation/index.js";
import type { Binding, PathField, Route } from "./route.js";

/** A request as HTTP carries it. */
export interface RestRequest {
  readonly verb: string;
  /** The path, encoded. */
  readonly path: string;
  /** The query, encoded, without its question mark. Empty when there is none. */
  readonly query: string;
  /** The encoded message, where the RPC has a body. */
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** The name that went by a query parameter in place of the path: the row that comes back must be checked. */
  readonly overridden: FieldPath | undefined;
  /** The name that {@link RestRequest.overridden} should have. */
  readonly asked: unknown;
}

/** Fills the path where the query overrides it. Should a server not know the override, it finds no row. */
const placeholder = "_";

/**
 * Builds the HTTP request for a message.
 *
 * @throws InvalidIdentifierError when a part of the path is empty: the server would redirect to another RPC's path.
 * @throws UnsupportedByTransportError when neither path nor query can carry a value that gRPC can.
 * @throws InvalidArgumentError for text that is not Unicode.
 */
export function restRequestOf(route: Route, request: Message): RestRequest {
  const { method } = route;
  let fault: PathFault | undefined;
  for (const binding of route.bindings) {
    const path = pathOf(method, binding, request);
    if ("segments" in path) {
      return {
        verb: binding.verb,
        path: path.segments.join("/"),
        query: binding.hasBody ? "" : queryText(method, request, path),
        body: binding.hasBody ? toBinary(method.input, request) : undefined,
        overridden: path.overridden,
        asked: path.overridden && valueAt(request, path.overridden),
      };
    }
    // A later binding asks for less, so its fault is the one to mend.
    fault = path;
  }
  throw fault?.reason === undefined
    ? emptyPart(method, fault?.field.localName ?? "the request")
    : unsupported(method, fault.field.localName, fault.reason, fault.value);
}

interface Path {
  readonly segments: readonly string[];
  readonly inPath: readonly string[];
  readonly overridden: PathField | undefined;
}

interface PathFault {
  readonly field: FieldPath;
  readonly value: unknown;
  /** `undefined` for a part that is empty. */
  readonly reason: RestLimitReason | undefined;
}

function pathOf(method: DescMethod, binding: Binding, request: Message): Path | PathFault {
  const segments: string[] = [];
  const inPath: string[] = [];
  let overridden: PathField | undefined;
  for (const field of binding.segments) {
    if (typeof field === "string") {
      segments.push(field);
      continue;
    }
    const value = valueAt(request, field);
    const text = fieldText(field.leaf, value);
    if (text === undefined || "reason" in text) return { field, value, reason: text?.reason };
    if (text.text === "") return { field, value, reason: undefined };
    if (!/^\.\.?$|\//.test(text.text)) {
      segments.push(encode(method, field.protoName, text.text));
      inPath.push(field.protoName);
    } else if (field.hasOverride) {
      segments.push(placeholder);
      overridden = field;
    } else {
      return { field, value, reason: "pathPart" };
    }
  }
  return { segments, inPath, overridden };
}

function queryText(method: DescMethod, request: Message, path: Path): string {
  const query = queryOf(method.input, request, path.inPath);
  if ("reason" in query) throw unsupported(method, query.field, query.reason, query.value);
  return query.parameters
    .map(([name, value]) => `${name}=${encode(method, name, value)}`)
    .join("&");
}

function encode(method: DescMethod, field: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    const words = `${field} holds half of a surrogate pair, which is not text`;
    throw new InvalidArgumentError(errorText(method.name, "INVALID_ARGUMENT", words), {
      rpc: method.name,
      attempts: 0,
      cause,
    });
  }
}

function emptyPart(method: DescMethod, path: string): InvalidIdentifierError {
  return new InvalidIdentifierError(
    `${method.name} was not sent: ${path} is empty. Give every part of the identifier; for an empty one the server answers with another row.`,
    { path, rpc: method.name },
  );
}

/** The error for what gRPC can carry and the gateway cannot. */
export function unsupported(
  method: DescMethod,
  subject: string,
  why: RestLimitReason,
  value?: unknown,
): UnsupportedByTransportError {
  const shown =
    typeof value === "string" || typeof value === "number" ? ` (${describeValue(value)})` : "";
  const reason = `${subject}${shown}: ${restLimitTexts[why]}`;
  const alternative = "Use gRPC (the /node entry point), or gRPC-Web behind a proxy.";
  return new UnsupportedByTransportError(
    `${method.name} was not sent, as REST cannot carry ${reason}. ${alternative}`,
    { transport: "REST", reason, alternative, rpc: method.name },
  );
}
