import type { CancellationGroup } from "../../internal/cancellation/index.js";
import { defaultMaxBytes, type FetchSignedUrlOptions, requireFetchOptions } from "./options.js";
import { createTransferDeadline, Transfer } from "./transfer.js";

/**
 * Reads the object behind a signed URL: whole with `.bytes()`, part by part
 * with `for await`, or as a web stream with `.toReadableStream()`.
 *
 * No credentials and no referrer are sent, since the URL is the permission,
 * and its query never appears in errors. A transfer that breaks resumes where
 * it ended; one whose URL has expired resumes after `resign`. Length, and MD5
 * where it is known, are checked. Errors are those of `SignedUrlError`, whose
 * `reason` says what happened, `CanceledError` and `DeadlineExceededError`;
 * they come when the object is read.
 */
export function fetchSignedUrl(
  url: string,
  options: FetchSignedUrlOptions = {},
): SignedUrlDownload {
  return new SignedUrlDownload(url, requireFetchOptions(options));
}

/**
 * An object behind a signed URL. Nothing is asked of the storage before it is
 * read, and each way of reading it starts a transfer of its own.
 */
export class SignedUrlDownload implements AsyncIterable<Uint8Array> {
  readonly #url: string;
  readonly #options: FetchSignedUrlOptions;

  readonly #closed: CancellationGroup | undefined;

  /**
   * Used by {@link fetchSignedUrl}.
   *
   * @param closed - ends when the client is closed that the transfer belongs to
   * @internal
   */
  constructor(url: string, options: FetchSignedUrlOptions, closed?: CancellationGroup) {
    this.#url = url;
    this.#options = options;
    this.#closed = closed;
  }

  /**
   * The whole object in memory.
   *
   * @throws SignedUrlError with reason `tooLarge` above `maxBytes`, 64 MiB where none is set.
   */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const options = { ...this.#options, maxBytes: this.#options.maxBytes ?? defaultMaxBytes };
    const parts: Uint8Array[] = [];
    for await (const part of this.#parts(options)) parts.push(part);
    return concatBytes(parts);
  }

  /**
   * The object part by part, as it arrives; leaving the loop ends the transfer. `pipeline` and `Readable.from`
   * of Node take the download itself.
   */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#parts(this.#options);
  }

  /** The object as a web stream, such as for a `Response`; cancelling it ends the transfer. */
  toReadableStream(): ReadableStream<Uint8Array> {
    return streamOf(() => this.#parts(this.#options));
  }

  #parts(options: FetchSignedUrlOptions): AsyncGenerator<Uint8Array, void, undefined> {
    return readParts(this.#url, options, this.#closed);
  }
}

async function* readParts(
  url: string,
  options: FetchSignedUrlOptions,
  closed: CancellationGroup | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const deadline = createTransferDeadline("The download", options, closed);
  try {
    const transfer = new Transfer(url, options, deadline);
    try {
      for (let part = await transfer.next(); part !== undefined; part = await transfer.next()) {
        yield part;
      }
    } finally {
      transfer.close();
    }
  } finally {
    deadline.release();
  }
}

function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * A web stream of parts that are made one at a time, each when it is asked for;
 * cancelling the stream ends their making.
 *
 * @param begin - starts the making, at the first part
 */
export function streamOf(
  begin: () => AsyncGenerator<Uint8Array, void, undefined>,
): ReadableStream<Uint8Array> {
  let parts: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        parts ??= begin();
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await parts?.return();
      },
    },
    { highWaterMark: 0 },
  );
}
