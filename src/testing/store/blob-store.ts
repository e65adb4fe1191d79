/** The object storage that the server reads, writes and signs. */
export interface BlobStore {
  /** The bytes of an object, or `undefined` when there is none. */
  get(uri: string): Uint8Array | undefined;
  /** Stores an object, replacing an older one. */
  put(uri: string, bytes: Uint8Array): void;
  /** Whether an object exists. */
  has(uri: string): boolean;
  /** Whether a bucket exists; HEAD in a bucket that does not fails otherwise than for a missing object. */
  bucketExists(bucket: string): boolean;
  /** A signed URL for one object and one method, whether or not the object exists. */
  sign(uri: string, options: SignOptions): string;
}

/** How a URL is to be signed. */
export interface SignOptions {
  /** The only method that the URL is good for. */
  readonly method: "GET" | "PUT";
  /** How long the URL lives, in whole seconds. */
  readonly expiresInSeconds: number;
  /** Headers that the caller must send with the request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** When the URL is signed. */
  readonly now: Date;
  /** Where the URL points (scheme, host and port), without a slash at the end. */
  readonly base: string;
}
