import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type Message,
  type MessageInitShape,
} from "@bufbuild/protobuf";

/** A call that is to be played to both servers. */
export interface PlannedCall {
  readonly method: DescMethodUnary;
  readonly request: Message;
}

/** A call of an RPC. */
export function call<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
): PlannedCall {
  return { method, request: create(method.input, request) };
}

/** Whether an RPC changes nothing. Signed links count as reads: they leave no trace on the server. */
export function isRead({ name }: DescMethodUnary): boolean {
  return (
    /^(Get|List|CreateUploadLocation$|CreateDownload|UserInfo$)/.test(name) &&
    name !== "GetOrCreateSignal"
  );
}
