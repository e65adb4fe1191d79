import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";

import { createDecoder, type Decoder } from "../decoding/index.js";

/**
 * A transport of Connect's in binary format, whose answers to unary calls are decoded by our own
 * decoder. Connect decodes them by the method's output type and takes no decoder. So it is told
 * that the type has no fields, and keeps all that come as unknown ones, undecoded.
 *
 * What does not decode is an error as Connect makes it. Streams are left to Connect.
 */
export function decodeAnswers(transport: Transport): Transport {
  const decoder = createDecoder();
  return {
    async unary(method, ...call) {
      const output = withoutFields(method.output);
      const answer = await transport.unary({ ...method, output }, ...call);
      const { $unknown = [] } = answer.message;
      return { ...answer, method, message: decoded(decoder, method.output, $unknown) };
    },
    stream: (...call) => transport.stream(...call),
  };
}

function withoutFields(desc: DescMessage): DescMessage {
  return { ...desc, fields: [], field: {}, oneofs: [], members: [] };
}

/** @throws ConnectError with `Code.Internal` when the fields are not those of the type. */
function decoded<Desc extends DescMessage>(
  decoder: Decoder,
  desc: Desc,
  fields: Parameters<Decoder["decodeFields"]>[1],
): MessageShape<Desc> {
  try {
    return decoder.decodeFields(desc, fields);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectError(`parse binary: ${reason}`, Code.Internal, undefined, undefined, error);
  }
}
