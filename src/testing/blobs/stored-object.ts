/** An object of the storage. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** User metadata by lower-case name, without the prefix `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly modifiedAt: Date;
}
