import { md5 } from "@noble/hashes/legacy.js";

import {
  DeadlineExceededError,
  FlyteError,
  SignedUrlError,
  type SignedUrlReason,
} from "../../errors/index.js";
import {
  abortError,
  type CancellationGroup,
  createDeadline,
  type Deadline,
  sleep,
} from "../../internal/cancellation/index.js";
import { type Connection, openObject } from "./connection.js";
import type { ObjectFacts } from "./storage-answer.js";
import {
  type FetchSignedUrlOptions,
  type TransferOptions,
  type TransferSettings,
  transferSettings,
} from "./options.js";
import { describeRequest } from "./request.js";
import { parseSignedUrl } from "./signed-url.js";

/**
 * One download, from its first byte to its last over as many connections as it
 * takes. A broken connection is followed by one that starts where it ended,
 * provided that the storage identifies versions of the object.
 */
export class Transfer {
  readonly #options: FetchSignedUrlOptions;
  readonly #settings: TransferSettings;
  readonly #deadline: Deadline;
  readonly #hash = md5.create();
  #url: URL;
  #connection: Connection | undefined;
  #facts: ObjectFacts | undefined;
  #received = 0;
  #skip = 0;
  #retries = 0;
  #resigned = false;

  constructor(url: string, options: FetchSignedUrlOptions, deadline: Deadline) {
    this.#url = parseSignedUrl(url);
    this.#options = options;
    this.#settings = transferSettings(options);
    this.#deadline = deadline;
  }

  /** The next bytes, never none; `undefined` once the object is complete. */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        this.#connection ??= await this.#open();
        const part = await this.#connection.read();
        if (part === undefined) {
          this.#finish();
          return undefined;
        }
        const fresh = this.#accept(part);
        if (fresh.length > 0) return fresh;
      } catch (error) {
        this.close();
        await this.#recover(this.#explain(error));
      }
    }
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  async #open(): Promise<Connection> {
    // A range of an encoded body counts encoded bytes: such an object is read again from its start.
    const offset = this.#facts?.isEncoded === true ? 0 : this.#received;
    const from = { offset, etag: this.#facts?.etag };
    const connection = await openObject(this.#url, from, this.#deadline, this.#settings);
    try {
      this.#begin(connection.facts);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  #begin(facts: ObjectFacts): void {
    const before = this.#facts;
    if (this.#received > 0 && (before?.version === undefined || before.version !== facts.version)) {
      throw this.#failure("changed", "the object was replaced while it was being read.");
    }
    if (facts.offset !== 0 && facts.offset !== this.#received) {
      throw this.#failure("corrupt", "the storage answered with another range than was asked for.");
    }
    this.#skip = this.#received - facts.offset;
    if (this.#received === 0) this.#facts = facts;
    this.#checkSize(facts.total ?? 0, facts.total);
  }

  #accept(part: Uint8Array): Uint8Array {
    const skipped = Math.min(this.#skip, part.length);
    this.#skip -= skipped;
    const fresh = part.subarray(skipped);
    this.#received += fresh.length;
    if (fresh.length > 0) this.#retries = 0;
    this.#checkSize(this.#received);
    if (this.#expectedMd5() !== undefined) this.#hash.update(fresh);
    this.#options.onProgress?.({ done: this.#received, total: this.#total() });
    return fresh;
  }

  /** A browser hides the encoding of a body, so more bytes than the stated length only means that the length is not known. */
  #total(): number | undefined {
    const total = this.#facts?.total;
    return total === undefined || this.#received > total ? undefined : total;
  }

  #finish(): void {
    const total = this.#total();
    if (total !== undefined && this.#received < total) {
      throw this.#failure(
        "truncated",
        `the object ended after ${this.#received} of ${total} bytes.`,
      );
    }
    if (this.#received === 0 && this.#facts?.hasBytes === true) {
      throw this.#failure(
        "truncated",
        "the storage sent no bytes of an object that is not empty, by its ETag.",
      );
    }
    const expected = this.#expectedMd5();
    if (expected !== undefined && !sameBytes(expected, this.#hash.digest())) {
      throw this.#failure("corrupt", "the bytes do not match the MD5 that the storage stated.");
    }
    this.close();
  }

  #expectedMd5(): Uint8Array | undefined {
    return this.#options.md5 ?? this.#facts?.md5;
  }

  #checkSize(bytes: number, total?: number): void {
    const { maxBytes } = this.#options;
    if (maxBytes === undefined || bytes <= maxBytes) return;
    throw this.#failure(
      "tooLarge",
      `the object has ${bytes} bytes${total === undefined ? " or more" : ""}, and maxBytes allows ${maxBytes}. Stream it, or raise maxBytes.`,
      total,
    );
  }

  /** An error of the body's stream says nothing that is safe to show, only that the connection broke. */
  #explain(error: unknown): Error {
    if (error instanceof FlyteError) return error;
    return this.#failure("truncated", `the connection broke after ${this.#received} bytes.`);
  }

  /** Waits before the next attempt, or throws where another attempt cannot succeed. */
  async #recover(error: Error): Promise<void> {
    if (!(error instanceof SignedUrlError) || this.#deadline.signal.aborted) throw error;
    if (error.reason === "expired" && this.#options.resign !== undefined && !this.#resigned) {
      this.#resigned = true;
      this.#url = parseSignedUrl(await this.#options.resign(this.#deadline.signal));
      return;
    }
    if (!isTransient(error.reason) || !this.#canResume()) throw error;
    if (this.#retries >= this.#settings.maxRetries) throw error;
    this.#retries += 1;
    await sleep(this.#settings.retryDelayMs(this.#retries), this.#deadline.signal);
  }

  #canResume(): boolean {
    return this.#received === 0 || this.#facts?.version !== undefined;
  }

  #failure(reason: SignedUrlReason, text: string, bytes?: number): SignedUrlError {
    return new SignedUrlError(`${describeRequest({ method: "GET", url: this.#url })}: ${text}`, {
      reason,
      bytes,
    });
  }
}

function isTransient(reason: SignedUrlReason): boolean {
  return reason === "truncated" || reason === "unreachable" || reason === "unavailable";
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/**
 * Arms the deadline of a whole transfer: the caller's signal, the end of the client and the time limit.
 *
 * @throws InvalidOptionError for a `timeoutMs` that is not a non-negative number
 */
export function createTransferDeadline(
  subject: string,
  { signal, timeoutMs }: Pick<TransferOptions, "signal" | "timeoutMs">,
  closed?: CancellationGroup,
): Deadline {
  return createDeadline({
    signals: [signal],
    group: closed,
    timeoutMs,
    abortError: (source) => {
      const reason: unknown = source.reason;
      // The end of an outer transfer, such as its deadline, explains itself.
      return reason instanceof FlyteError ? reason : abortError(source, subject);
    },
    timeoutError: (limitMs) =>
      new DeadlineExceededError(`${subject} took longer than timeoutMs (${limitMs}).`),
  });
}
