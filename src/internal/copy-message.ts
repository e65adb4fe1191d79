import { type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";

/**
 * Copies a message by way of its bytes. protobuf's own `clone` brings all of its reflection, which costs a page some
 * 2 kB.
 */
export function copyMessage<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
): MessageShape<Desc> {
  return fromBinary(schema, toBinary(schema, message));
}
