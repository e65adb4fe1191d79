/** The longest text that is put together here, in bytes: a call of TextDecoder costs more. */
const shortText = 12;

/** Numbers of more bytes than this are broken. */
const maxVarintBits = 70;

/** The wire types that are told apart here. */
export const lengthDelimited = 2;
const endGroup = 4;

/** Reads protobuf's basic forms out of bytes, one after the other, and never past their end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** Where the next byte is read. */
  at = 0;
  /** The halves of the number that `varint64` or `fixed64` read last. */
  #low = 0;
  #high = 0;
  readonly #text: TextDecoder;
  readonly #scratch: DataView;

  /** @param text Decodes UTF-8 and throws at what is none. */
  constructor(bytes: Uint8Array, text: TextDecoder, scratch: DataView) {
    this.bytes = bytes;
    this.#text = text;
    this.#scratch = scratch;
  }

  /** One byte. @throws RangeError at the end. */
  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw endsEarly();
    this.at += 1;
    return byte;
  }

  /** Steps over a number of bytes, and gives them. @throws RangeError when there are fewer. */
  take(length: number): Uint8Array {
    const start = this.at;
    const end = start + length;
    if (end > this.bytes.length) throw endsEarly();
    this.at = end;
    return this.bytes.subarray(start, end);
  }

  /**
   * A field's number and wire type, as `number << 3 | wireType`.
   *
   * @throws Error when it is none.
   */
  tag(): number {
    const start = this.at;
    const tag = this.uint32();
    const length = this.at - start;
    if (tag < 8 || (tag & 7) > 5 || length > 5 || (length === 5 && this.#lastByte() > 0x0f)) {
      throw new Error(`there is no field ${tag >>> 3} of wire type ${tag & 7}`);
    }
    return tag;
  }

  /** A varint, cut to 32 bits. @throws Error when it has more than 10 bytes. */
  uint32(): number {
    let byte = this.byte();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < maxVarintBits; shift += 7) {
      byte = this.byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw overlong();
  }

  /** A varint that says yes or no. @throws Error when it has more than 10 bytes. */
  bool(): boolean {
    this.#varint64();
    return (this.#low | this.#high) !== 0;
  }

  /** A signed varint of 64 bits. @throws Error when it has more than 10 bytes. */
  int64(): bigint {
    this.#varint64();
    return this.#signed();
  }

  /** An unsigned varint of 64 bits. @throws Error when it has more than 10 bytes. */
  uint64(): bigint {
    this.#varint64();
    return this.#unsigned();
  }

  /** A varint of 64 bits whose lowest bit is its sign. @throws Error when it has more than 10 bytes. */
  sint64(): bigint {
    this.#varint64();
    const sign = -(this.#low & 1);
    this.#low = ((this.#low >>> 1) | (this.#high << 31)) ^ sign;
    this.#high = (this.#high >>> 1) ^ sign;
    return this.#signed();
  }

  /** A signed number of 4 bytes. @throws RangeError when there are fewer. */
  sfixed32(): number {
    return this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24);
  }

  /** A signed number of 8 bytes. @throws RangeError when there are fewer. */
  sfixed64(): bigint {
    this.#fixed64();
    return this.#signed();
  }

  /** An unsigned number of 8 bytes. @throws RangeError when there are fewer. */
  fixed64(): bigint {
    this.#fixed64();
    return this.#unsigned();
  }

  /** A floating-point number of 4 bytes. @throws RangeError when there are fewer. */
  float(): number {
    this.#scratch.setInt32(0, this.sfixed32());
    return this.#scratch.getFloat32(0);
  }

  /** A floating-point number of 8 bytes. @throws RangeError when there are fewer. */
  double(): number {
    this.#fixed64();
    return this.#joined().getFloat64(0);
  }

  /** Text with its length in front. @throws TypeError when it is no UTF-8. */
  text(): string {
    const length = this.uint32();
    if (length > shortText || this.at + length > this.bytes.length) {
      return this.#text.decode(this.take(length));
    }
    return this.#shortText(length) ?? this.#text.decode(this.take(length));
  }

  /**
   * Steps over the value of a field, and gives its bytes.
   *
   * @param depthLeft How deep groups may nest in it.
   * @throws Error when it is broken or nests deeper.
   */
  skip(tag: number, depthLeft: number): Uint8Array {
    const start = this.at;
    switch (tag & 7) {
      case 0:
        while (this.byte() >= 0x80);
        break;
      case 1:
        this.take(8);
        break;
      case lengthDelimited:
        this.take(this.uint32());
        break;
      case 3:
        this.#skipGroup(tag >>> 3, depthLeft);
        break;
      case endGroup:
        throw new Error(`the group of field ${tag >>> 3} ends without a beginning`);
      default:
        this.take(4);
    }
    return this.bytes.subarray(start, this.at);
  }

  #skipGroup(number: number, depthLeft: number): void {
    if (depthLeft <= 0) throw new Error("groups nest too deep");
    for (;;) {
      const tag = this.tag();
      if ((tag & 7) !== endGroup) this.skip(tag, depthLeft - 1);
      else if (tag >>> 3 === number) return;
      else throw new Error(`the group of field ${number} ends as that of field ${tag >>> 3}`);
    }
  }

  /** A text of ASCII; `undefined`, with nothing read, when it has other characters. */
  #shortText(length: number): string | undefined {
    const { bytes, at } = this;
    let text = "";
    for (let index = at; index < at + length; index++) {
      const byte = bytes[index] ?? 0x80;
      if (byte >= 0x80) return undefined;
      text += String.fromCharCode(byte);
    }
    this.at = at + length;
    return text;
  }

  #lastByte(): number {
    return this.bytes[this.at - 1] ?? 0;
  }

  #varint64(): void {
    this.#low = 0;
    this.#high = 0;
    for (let shift = 0; shift < maxVarintBits; shift += 7) {
      const byte = this.byte();
      const bits = byte & 0x7f;
      if (shift < 32) this.#low |= bits << shift;
      if (shift > 28) this.#high |= bits << (shift - 32);
      else if (shift === 28) this.#high = bits >> 4;
      if (byte < 0x80) return;
    }
    throw overlong();
  }

  #fixed64(): void {
    this.#low = this.sfixed32();
    this.#high = this.sfixed32();
  }

  #signed(): bigint {
    return this.#joined().getBigInt64(0);
  }

  #unsigned(): bigint {
    return this.#joined().getBigUint64(0);
  }

  #joined(): DataView {
    this.#scratch.setInt32(0, this.#high);
    this.#scratch.setInt32(4, this.#low);
    return this.#scratch;
  }
}

function endsEarly(): RangeError {
  return new RangeError("the bytes end in the middle of a message");
}

function overlong(): Error {
  return new Error("a number is longer than 10 bytes");
}
