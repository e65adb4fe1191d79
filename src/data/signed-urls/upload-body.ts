/**
 * Content that can be read as often as needed and whose length is known, such
 * as a file. It is sent as a stream with its length stated, which only the
 * `fetch` of Node can do: elsewhere, give a Blob.
 */
export interface UploadSource {
  /** In bytes. */
  readonly size: number;
  /** Reads the content from its start. */
  open(): ReadableStream<Uint8Array>;
  /**
   * The MD5 of the content, 16 bytes, where its maker has a faster way to it.
   * @defaultValue reckoned from what `open` gives
   */
  md5?(signal: AbortSignal): Promise<Uint8Array>;
}

/** Content that can be uploaded: it can be read more than once, and its length is known. */
export type UploadBody = Uint8Array | Blob | UploadSource;

/** The length of some content, in bytes. */
export function sizeOf(body: UploadBody): number {
  return body instanceof Uint8Array ? body.length : body.size;
}

/** Counts the bytes of a stream as they are taken. */
export function counted(
  content: ReadableStream<Uint8Array>,
  onBytes: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  let bytes = 0;
  return content.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        bytes += part.length;
        onBytes(bytes);
        controller.enqueue(part);
      },
    }),
  );
}
