import type { BlobStore, SignOptions } from "../store/index.js";
import { objectUri, parseObjectUri } from "./object-uri.js";
import { signUrl } from "./signature.js";
import type { StoredObject } from "./stored-object.js";

/** An S3-compatible object storage in memory. A bucket exists once something has been put into it. */
export class MemoryBlobStore implements BlobStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #buckets = new Set<string>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Makes the bucket that a URI points into, where it does not exist. */
  createBucketOf(uri: string): void {
    const place = parseObjectUri(uri);
    if (place !== undefined) this.#buckets.add(place.bucket);
  }

  get(uri: string): Uint8Array | undefined {
    return this.object(uri)?.bytes;
  }

  /** The object with what is known of it besides its bytes. */
  object(uri: string): StoredObject | undefined {
    const key = keyOf(uri);
    return key === undefined ? undefined : this.#objects.get(key);
  }

  put(uri: string, bytes: Uint8Array): void {
    this.store(uri, { bytes, contentType: "binary/octet-stream", metadata: {} });
  }

  /** Stores an object with what is known of it; a copy of its bytes is kept. */
  store(uri: string, object: Omit<StoredObject, "modifiedAt">): void {
    const place = parseObjectUri(uri);
    if (place === undefined) {
      throw new TypeError("the URI of a blob has the form s3://bucket/key");
    }
    this.#buckets.add(place.bucket);
    const bytes = new Uint8Array(object.bytes);
    this.#objects.set(objectUri(place), { ...object, bytes, modifiedAt: this.#now() });
  }

  has(uri: string): boolean {
    return this.object(uri) !== undefined;
  }

  bucketExists(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  sign(uri: string, options: SignOptions): string {
    const place = parseObjectUri(uri);
    if (place === undefined) throw new TypeError("a URI to sign has the form s3://bucket/key");
    return signUrl(place, options);
  }
}

function keyOf(uri: string): string | undefined {
  const place = parseObjectUri(uri);
  return place === undefined ? undefined : objectUri(place);
}
