import type { Message } from "@bufbuild/protobuf";

import type { StatusCode } from "../../errors/index.js";

/** The wire that a call came over. `blob` is a request to a signed URL; `http` is one to the HTTP port that reached no RPC. */
export type CallWire = "in-process" | "grpc" | "rest" | "grpc-web" | "blob" | "http";

/** One call that the server was asked for. It is complete once its answer has gone out. */
export interface RecordedCall {
  /** The wire that the call came over. */
  readonly wire: CallWire;
  /** The RPC's name, such as `"ListTaskExecutions"`; `undefined` when no RPC was reached. */
  readonly rpc: string | undefined;
  /** The request, decoded again at each read; `undefined` when no RPC was reached. */
  readonly request: Message | undefined;
  /** The HTTP method; `undefined` on gRPC and in process. */
  readonly method: string | undefined;
  /** The path as it was sent, with its query but for signed URLs, whose query is a secret. */
  readonly path: string | undefined;
  /** The object's URI, for a signed URL. */
  readonly blob: string | undefined;
  /** The request's headers, without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The outcome: `OK` or the error's code; `undefined` for blobs and while the call runs. */
  readonly code: "OK" | StatusCode | undefined;
  /** The HTTP status; `undefined` in process and while the call runs. */
  readonly status: number | undefined;
  /** The size of the request's body (the message, on gRPC), in bytes. */
  readonly requestBytes: number;
  /** The size of the answer's body (the message, on gRPC), in bytes. */
  readonly responseBytes: number;
  /** When the call came in, by the server's clock. */
  readonly at: Date;
}

/** Calls in the order in which they came in, the oldest forgotten beyond a bound. */
export class CallLog {
  readonly #limit: number;
  readonly #calls: RecordedCall[] = [];

  /** @param limit how many calls are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The calls that are kept, oldest first. */
  get calls(): readonly RecordedCall[] {
    return this.#calls.length > this.#limit ? this.#calls.slice(-this.#limit) : this.#calls;
  }

  /** Keeps a call. */
  add(call: RecordedCall): void {
    this.#calls.push(call);
    // Cut in big steps: a cut at each call would move the whole list each time.
    if (this.#calls.length > this.#limit * 2)
      this.#calls.splice(0, this.#calls.length - this.#limit);
  }

  /** Forgets all calls. */
  clear(): void {
    this.#calls.length = 0;
  }
}
