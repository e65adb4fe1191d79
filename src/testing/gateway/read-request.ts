import type { Message } from "@bufbuild/protobuf";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { Code, ConnectError } from "@connectrpc/connect";

import type { Marshaler } from "./marshaler.js";
import {
  FieldFault,
  InvalidText,
  parseQueries,
  populateField,
  populateFromQuery,
} from "./query/index.js";
import type { RouteMatch } from "./router.js";

/** Where the fields of a request's message come from. */
export interface RequestParts {
  readonly match: RouteMatch;
  /** The format of the body. */
  readonly inbound: Marshaler;
  readonly body: Uint8Array;
  /** The query and, before it, the form that stands for one. */
  readonly queries: readonly string[];
}

/**
 * Builds the request message: of the body, then of the path, which wins over
 * the body; of the query only where the route takes no body.
 * @throws ConnectError INVALID_ARGUMENT with the server's text, or INTERNAL for text that is not UTF-8
 */
export function readRequest(parts: RequestParts): Message {
  const { route, values } = parts.match;
  const message = route.hasBody ? readBody(parts) : reflect(route.method.input);
  for (const [path, value] of values) setPathField(message, path, value);
  if (!route.hasBody) {
    const parameters = parseQueries(...parts.queries);
    translate("", () => {
      populateFromQuery(message, parameters, route.filter);
    });
  }
  return message.message;
}

function readBody({ match, inbound, body }: RequestParts): ReflectMessage {
  const { input } = match.route.method;
  try {
    return reflect(input, inbound.read(input, body));
  } catch (error) {
    throw new ConnectError(textOf(error), Code.InvalidArgument);
  }
}

function setPathField(message: ReflectMessage, path: string, value: string): void {
  const names = path.split(".");
  translate(`type mismatch, parameter: ${path}, error: `, () => {
    try {
      populateField(message, names, [value]);
    } catch (error) {
      // Only an enum can fail at the top, and there the server says less.
      const isTopLevel = names.length === 1 && error instanceof FieldFault;
      throw isTopLevel ? new FieldFault(`${value} is not valid`) : error;
    }
  });
}

function translate(prefix: string, populate: () => void): void {
  try {
    populate();
  } catch (error) {
    if (error instanceof InvalidText) throw new ConnectError(error.message, Code.Internal);
    throw new ConnectError(prefix + textOf(error), Code.InvalidArgument);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
