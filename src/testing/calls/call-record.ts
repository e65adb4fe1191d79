import { type DescMethod, fromBinary, type Message } from "@bufbuild/protobuf";

import type { StatusCode } from "../../errors/index.js";
import type { CallWire, RecordedCall } from "./call-log.js";
import { safeHeaders } from "./safe-headers.js";

/** The facts of a call that are known when it arrives. */
export interface CallStart {
  readonly wire: CallWire;
  readonly headers: Headers;
  readonly at: Date;
  readonly method?: string;
  readonly path?: string;
  readonly blob?: string;
}

/** A call in the log, filled in as it proceeds. */
export class CallRecord implements RecordedCall {
  wire: CallWire;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly blob: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: Date;
  rpc: string | undefined = undefined;
  code: "OK" | StatusCode | undefined = undefined;
  status: number | undefined = undefined;
  requestBytes = 0;
  responseBytes = 0;
  #desc: DescMethod | undefined;
  #bytes: Uint8Array = new Uint8Array();

  constructor(start: CallStart) {
    this.wire = start.wire;
    this.method = start.method;
    this.path = start.path;
    this.blob = start.blob;
    this.headers = safeHeaders(start.headers);
    this.at = start.at;
  }

  /** The request, decoded again, so that nobody shares it with the server. */
  get request(): Message | undefined {
    return this.#desc === undefined ? undefined : fromBinary(this.#desc.input, this.#bytes);
  }

  /** The call has reached this RPC with this message. */
  reach(desc: DescMethod, bytes: Uint8Array): void {
    this.rpc = desc.name;
    this.#desc = desc;
    this.#bytes = bytes;
  }
}
