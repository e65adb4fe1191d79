import { toBinary, type DescMethod, type Message } from "@bufbuild/protobuf";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";

import { InvalidIdentifierError, UnsupportedByTransportError } from "../../errors/index.js";
import { valueAt, type FieldPath } from "./field-path.js";
import { fieldText } from "./field-text.js";
import { queryOf } from "./query.js";
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

/** Stands in the path where the query overrides it. Should a server not know the override, it finds no such row. */
const placeholder = "_";

/**
 * Builds the HTTP request for a message.
 *
 * @throws InvalidIdentifierError when a part of the path is empty: the server would redirect to another RPC's path.
 * @throws UnsupportedByTransportError when neither path nor query can carry a value that gRPC can.
 */
export function restRequestOf(route: Route, message: Message): RestRequest {
  const request = reflect(route.method.input, message);
  let fault: PathFault | undefined;
  for (const binding of route.bindings) {
    const path = pathOf(binding, request);
    if ("segments" in path) {
      return {
        verb: binding.verb,
        path: path.segments.join("/"),
        query: binding.hasBody ? "" : queryText(route.method, request, path),
        body: binding.hasBody ? toBinary(route.method.input, message) : undefined,
        overridden: path.overridden,
        asked: path.overridden && valueAt(request, path.overridden),
      };
    }
    // A later binding asks for less, so its fault is the one to mend.
    fault = path;
  }
  throw pathError(route.method, fault);
}

interface Path {
  readonly segments: readonly string[];
  readonly inPath: readonly string[];
  readonly overridden: PathField | undefined;
}

interface PathFault {
  readonly field: FieldPath;
  readonly value: string;
  readonly reason: string;
}

function pathOf(binding: Binding, request: ReflectMessage): Path | PathFault {
  const segments: string[] = [];
  const inPath: string[] = [];
  let overridden: PathField | undefined;
  for (const segment of binding.segments) {
    if (typeof segment === "string") {
      segments.push(segment);
      continue;
    }
    const text = fieldText(segment.leaf, valueAt(request, segment));
    if (text === undefined || "reason" in text) {
      return { field: segment, value: "", reason: text?.reason ?? "it is a message" };
    }
    const reason = reasonAgainst(text.text);
    if (reason === undefined) {
      segments.push(encodeURIComponent(text.text));
      inPath.push(segment.protoName);
    } else if (segment.hasOverride && text.text !== "") {
      segments.push(placeholder);
      overridden = segment;
    } else {
      return { field: segment, value: text.text, reason };
    }
  }
  return { segments, inPath, overridden };
}

function reasonAgainst(text: string): string | undefined {
  if (text === "") return "it is empty";
  if (text === "." || text === "..") return "the path would be shortened by it";
  if (text.includes("/")) return "the gateway takes the slash for the end of the part";
  return undefined;
}

function queryText(method: DescMethod, request: ReflectMessage, path: Path): string {
  const query = queryOf(request, path.inPath);
  if ("reason" in query) throw unsupported(method, query.field, query.reason);
  return query.parameters
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
}

function pathError(method: DescMethod, fault: PathFault | undefined): Error {
  if (fault === undefined) return unsupported(method, "the request", "no path fits it");
  const { field, value, reason } = fault;
  if (reason !== "it is empty") return unsupported(method, field.localName, reason, value);
  return new InvalidIdentifierError(
    `${method.name} was not sent: ${field.localName} is empty. Give every part of the identifier; for an empty one the server answers with some other row.`,
    { path: field.localName, rpc: method.name },
  );
}

/** The error for what gRPC can carry and the gateway cannot. */
export function unsupported(
  method: DescMethod,
  subject: string,
  why: string,
  value?: string,
): UnsupportedByTransportError {
  const shown =
    value === undefined || value === "" ? "" : ` (${JSON.stringify(value.slice(0, 200))})`;
  const reason = `${subject}${shown}: ${why}`;
  const alternative = "Use gRPC (the /node entry point), or gRPC-Web behind a proxy.";
  return new UnsupportedByTransportError(
    `${method.name} was not sent, as REST cannot carry ${reason}. ${alternative}`,
    { transport: "REST", reason, alternative, rpc: method.name },
  );
}
