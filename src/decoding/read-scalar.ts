import { ScalarType } from "@bufbuild/protobuf";

import type { ByteReader } from "./byte-reader.js";

/** Reads one value of a type. @throws Error when the bytes are none. */
export function readScalar(
  reader: ByteReader,
  type: ScalarType,
): string | number | bigint | boolean | Uint8Array {
  switch (type) {
    case ScalarType.STRING:
      return reader.text();
    case ScalarType.INT32:
      return reader.uint32() | 0;
    case ScalarType.INT64:
      return reader.int64();
    case ScalarType.BOOL:
      return reader.bool();
    case ScalarType.UINT32:
      return reader.uint32();
    case ScalarType.UINT64:
      return reader.uint64();
    case ScalarType.BYTES:
      return reader.take(reader.uint32());
    case ScalarType.DOUBLE:
      return reader.double();
    case ScalarType.FLOAT:
      return reader.float();
    case ScalarType.FIXED32:
      return reader.sfixed32() >>> 0;
    case ScalarType.SFIXED32:
      return reader.sfixed32();
    case ScalarType.FIXED64:
      return reader.fixed64();
    case ScalarType.SFIXED64:
      return reader.sfixed64();
    case ScalarType.SINT32: {
      const zigzag = reader.uint32();
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }
    case ScalarType.SINT64:
      return reader.sint64();
  }
}
