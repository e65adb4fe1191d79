import type { DescMethod, Message } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";

import { recordedNow, withoutServerTimes } from "./recordings.js";
import type { RecordedAnswer } from "./recordings.js";
import type { RpcContext } from "../../src/testing/rpcs/rpc-types.js";

/** The answer of a handler: its message with the server's times levelled, or its status. */
export type ComparableAnswer =
  { readonly message: Message } | { readonly code: number; readonly text: string };

/** A call of a handler that came from nowhere in particular. */
export const plainContext: RpcContext = {
  now: () => recordedNow,
  headers: new Headers(),
  signal: new AbortController().signal,
  wire: "in-process",
  signedUrlBase: "http://blobs.test",
};

/** Returns a handler's answer, in the form in which recordings are compared. */
export async function answerOf(method: DescMethod, call: () => unknown): Promise<ComparableAnswer> {
  try {
    const message = (await call()) as Message;
    return { message: withoutServerTimes(method.output, message) };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return { code: error.code, text: error.rawMessage };
  }
}

/** Returns the recorded server's answer, in the same form. */
export function recordedAnswer(method: DescMethod, answer: RecordedAnswer): ComparableAnswer {
  return answer.ok
    ? { message: withoutServerTimes(method.output, answer.message) }
    : { code: answer.code, text: answer.text };
}
