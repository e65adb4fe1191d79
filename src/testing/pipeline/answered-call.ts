import { fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

import type { EncodedList } from "../rpcs/index.js";
import type { ServedRpc } from "./services.js";

/** A call that has been handled, and whose answer has not been sent. */
export interface AnsweredCall {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  readonly request: Message;
  /** The answer. Long lists are written without it, so that it is decoded when it is first read. */
  readonly response: Message;
  /** What a list answers, told without a look at `response`; `undefined` for all other RPCs. */
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

/** What an RPC made: a message, or a list that is encoded already. */
export type Made =
  { readonly message: Message; readonly encoded?: undefined } | { readonly encoded: EncodedList };

/** What an RPC made, encoded. */
export function bytesOf(made: Made, { method }: Pick<ServedRpc, "method">): Uint8Array {
  return made.encoded === undefined ? toBinary(method.output, made.message) : made.encoded.bytes;
}

/** What is told of a call before its answer is sent. */
export function answeredCall(
  made: Made,
  { method }: ServedRpc,
  request: Message,
  signal: AbortSignal,
): AnsweredCall {
  let decoded = made.encoded === undefined ? made.message : undefined;
  return {
    rpc: method.name,
    request,
    get response() {
      decoded ??= fromBinary(method.output, bytesOf(made, { method }));
      return decoded;
    },
    page: made.encoded === undefined ? pageOf(made.message, { method }) : pageOfList(made.encoded),
    signal,
  };
}

function pageOfList({ rows, token }: EncodedList): AnsweredPage {
  return { rows, token };
}

function pageOf(message: Message, { method }: Pick<ServedRpc, "method">): AnsweredPage | undefined {
  const rows = method.output.fields.find(({ fieldKind }) => fieldKind === "list");
  const token = method.output.fields.find(({ name }) => name === "token");
  if (rows?.fieldKind !== "list" || token === undefined) return undefined;
  const reflected = reflect(method.output, message);
  const next = reflected.get(token);
  return { rows: reflected.get(rows).size, token: typeof next === "string" ? next : "" };
}
