import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** The encoded `google.api.http` option of a method, with its length in front, from its routes in the text. */
export function httpRule(routes: readonly string[]): Uint8Array {
  return put(new BinaryWriter(), routes).finish();
}

/** The further routes stand inside of the first one, and the path comes last, as Go writes it. */
function put(writer: BinaryWriter, [first = "", ...others]: readonly string[]): BinaryWriter {
  writer.fork();
  if (first.endsWith("+")) writer.tag(7, WireType.LengthDelimited).string("*");
  for (const other of others) put(writer.tag(11, WireType.LengthDelimited), [other]);
  const path = first.replace(/^.|\+$/g, "");
  return writer.tag(Number(first[0]), WireType.LengthDelimited).string(path).join();
}
