const lengthDelimited = 2;
/** A length below 2^28 is written in no more bytes than this. */
const maxLengthBytes = 4;

/**
 * Writes a protobuf message into one buffer that grows. It is for messages that are mostly made of
 * parts which are encoded already, and copies those once.
 */
export class ByteWriter {
  readonly #encoder = new TextEncoder();
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param expectedBytes how much room to start with */
  constructor(expectedBytes: number) {
    this.#buffer = new Uint8Array(Math.max(64, expectedBytes));
  }

  /** What was written, as a view of the buffer: nothing more may be written after. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  /** A field whose message is encoded already. It is written also when it is empty. */
  encoded(field: number, bytes: Uint8Array): this {
    return this.varint((field << 3) | lengthDelimited)
      .varint(bytes.length)
      .raw(bytes);
  }

  /** Fields that are encoded already, without a field of their own. */
  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** A text; an empty one is not written. */
  text(field: number, value: string): this {
    if (value === "") return this;
    return this.message(field, () => {
      this.#reserve(value.length * 3);
      const { written } = this.#encoder.encodeInto(value, this.#buffer.subarray(this.#length));
      this.#length += written;
    });
  }

  /** A number from 0 up; 0 is not written. */
  number(field: number, value: number): this {
    return value === 0 ? this : this.varint(field << 3).varint(value);
  }

  /** A field whose content is what `write` writes. */
  message(field: number, write: () => void): this {
    this.varint((field << 3) | lengthDelimited);
    this.#reserve(maxLengthBytes);
    const lengthAt = this.#length;
    const start = lengthAt + maxLengthBytes;
    this.#length = start;
    write();
    const end = this.#length;
    this.#length = lengthAt;
    this.varint(end - start);
    this.#buffer.copyWithin(this.#length, start, end);
    this.#length += end - start;
    return this;
  }

  /** A number of up to 32 bits, without a field. */
  varint(value: number): this {
    this.#reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#buffer[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#length++] = rest;
    return this;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + bytes));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
