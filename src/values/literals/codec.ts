/**
 * Reads and writes one encoding of `Binary` literals. `msgpack` is one; who
 * does not name it does not bundle it.
 */
export interface BinaryCodec {
  /** The tag of the literals that it is for. */
  readonly tag: string;
  /** Decodes bytes, and throws where they are not of this encoding. */
  decode(bytes: Uint8Array): unknown;
  /** Encodes null, booleans, numbers, bigints of 64 bits, strings, bytes, Dates, arrays and objects. */
  encode(value: unknown): Uint8Array;
}
