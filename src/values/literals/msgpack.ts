import { decode, encode } from "@msgpack/msgpack";

/** Reads one encoding of `Binary` literals. */
export interface BinaryDecoder {
  /** The tag of the literals that it is for. */
  readonly tag: string;
  /** Decodes bytes, and throws where they are not of this encoding. */
  decode(bytes: Uint8Array): unknown;
}

/**
 * Reads and writes one encoding of `Binary` literals. `msgpack` is one; who
 * does not name it does not bundle it.
 */
export interface BinaryCodec extends BinaryDecoder {
  /** Encodes null, booleans, numbers, bigints of 64 bits, strings, bytes, Dates, arrays and objects. */
  encode(value: unknown): Uint8Array;
}

/** The decoder of {@link msgpack} alone: what only reads bundles no encoder. */
export const msgpackDecoder: BinaryDecoder = {
  tag: "msgpack",
  decode(bytes) {
    checkMsgpack(bytes);
    return withNumbers(decode(bytes, { useBigInt64: true }));
  },
};

/**
 * The encoding of dataclasses and of dicts by flytekit 1.14 and later. Integers
 * come as numbers, and as bigints where a number would not be exact.
 */
export const msgpack: BinaryCodec = {
  ...msgpackDecoder,
  encode(value) {
    return encode(value, { useBigInt64: true, maxDepth: 200 });
  },
};

/** Only what is too large for a number stays a bigint, whichever width it was sent in. */
function withNumbers(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(withNumbers);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumbers(inner)]));
}

const maxDepth = 200;

/** The content after a head byte: a length in so many bytes, so many bytes of payload, so many values inside. */
interface Shape {
  readonly lengthBytes?: 1 | 2 | 4;
  readonly payload?: number;
  /** Values inside, for each unit of the length. */
  readonly inner?: 1 | 2;
}

const shapes: Readonly<Partial<Record<number, Shape>>> = {
  0xc0: {},
  0xc2: {},
  0xc3: {},
  0xc4: { lengthBytes: 1 },
  0xc5: { lengthBytes: 2 },
  0xc6: { lengthBytes: 4 },
  0xc7: { lengthBytes: 1, payload: 1 },
  0xc8: { lengthBytes: 2, payload: 1 },
  0xc9: { lengthBytes: 4, payload: 1 },
  0xca: { payload: 4 },
  0xcb: { payload: 8 },
  0xcc: { payload: 1 },
  0xcd: { payload: 2 },
  0xce: { payload: 4 },
  0xcf: { payload: 8 },
  0xd0: { payload: 1 },
  0xd1: { payload: 2 },
  0xd2: { payload: 4 },
  0xd3: { payload: 8 },
  0xd4: { payload: 2 },
  0xd5: { payload: 3 },
  0xd6: { payload: 5 },
  0xd7: { payload: 9 },
  0xd8: { payload: 17 },
  0xd9: { lengthBytes: 1 },
  0xda: { lengthBytes: 2 },
  0xdb: { lengthBytes: 4 },
  0xdc: { lengthBytes: 2, inner: 1 },
  0xdd: { lengthBytes: 4, inner: 1 },
  0xde: { lengthBytes: 2, inner: 2 },
  0xdf: { lengthBytes: 4, inner: 2 },
};

/**
 * Throws unless the bytes are one whole msgpack value, not nested too deep. The
 * decoder allots an array by its stated length before it reads a member, so a
 * few bytes could take all memory.
 */
function checkMsgpack(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const open = [1];
  let at = 0;
  for (let left = open.pop(); left !== undefined; left = open.pop()) {
    if (left === 0) continue;
    open.push(left - 1);
    const { end, inner } = readHead(view, at);
    if (end > bytes.length || inner > bytes.length - end) throw new RangeError("cut off");
    if (open.length >= maxDepth) throw new RangeError("nested too deep");
    at = end;
    open.push(inner);
  }
  if (at !== bytes.length) throw new RangeError("bytes left over");
}

function readHead(view: DataView, at: number): { end: number; inner: number } {
  const head = view.getUint8(at);
  if (head < 0x80 || head >= 0xe0) return { end: at + 1, inner: 0 };
  if (head < 0x90) return { end: at + 1, inner: 2 * (head & 0x0f) };
  if (head < 0xa0) return { end: at + 1, inner: head & 0x0f };
  if (head < 0xc0) return { end: at + 1 + (head & 0x1f), inner: 0 };
  const shape = shapes[head];
  if (shape === undefined) throw new RangeError("unknown head byte");
  const { lengthBytes, payload = 0, inner } = shape;
  const length = lengthBytes === undefined ? 0 : readLength(view, at + 1, lengthBytes);
  const end = at + 1 + (lengthBytes ?? 0) + payload + (inner === undefined ? length : 0);
  return { end, inner: inner === undefined ? 0 : inner * length };
}

function readLength(view: DataView, at: number, bytes: 1 | 2 | 4): number {
  if (bytes === 1) return view.getUint8(at);
  return bytes === 2 ? view.getUint16(at) : view.getUint32(at);
}
