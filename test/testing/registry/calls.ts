import type { DescMethod, Message } from "@bufbuild/protobuf";

import { registryHandlers } from "../../../src/testing/rpcs/registry/index.js";
import type { FlyteState } from "../../../src/testing/store/index.js";
import { plainContext } from "../../support/answers.js";

/** One call of a handler, whose method is known by its descriptor only. */
export type HandlerCall = (request: Message) => unknown;

/** The handler of a method, if it is one of the registry's. */
export function registryCall(state: FlyteState, method: DescMethod): HandlerCall | undefined {
  const handlers: Readonly<Record<string, unknown>> = registryHandlers(state);
  const handler = handlers[method.localName];
  if (typeof handler !== "function") return undefined;
  return (request) =>
    (handler as (request: Message, context: unknown) => unknown)(request, plainContext);
}
