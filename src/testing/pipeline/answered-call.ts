import type { Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

import type { ServedRpc } from "./services.js";

/** A call that has been handled, and whose answer has not been sent. */
export interface AnsweredCall {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The request as the server decoded it. */
  readonly request: Message;
  /** The answer. */
  readonly response: Message;
  /** The page that a list answers; `undefined` for all other RPCs. */
  readonly page: AnsweredPage | undefined;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** A page of a list that is about to be sent. */
export interface AnsweredPage {
  /** How many rows it has. */
  readonly rows: number;
  /** The token of the page after it; empty when there is none. */
  readonly token: string;
}

/** Returns the record of a call before its answer is sent. */
export function answeredCall(
  { method }: ServedRpc,
  request: Message,
  response: Message,
  signal: AbortSignal,
): AnsweredCall {
  return { rpc: method.name, request, response, page: pageOf(response, { method }), signal };
}

function pageOf(message: Message, { method }: Pick<ServedRpc, "method">): AnsweredPage | undefined {
  const rows = method.output.fields.find(({ fieldKind }) => fieldKind === "list");
  const token = method.output.fields.find(({ name }) => name === "token");
  if (rows?.fieldKind !== "list" || token === undefined) return undefined;
  const reflected = reflect(method.output, message);
  const next = reflected.get(token);
  return { rows: reflected.get(rows).size, token: typeof next === "string" ? next : "" };
}
