import { type ClientHttp2Session, connect } from "node:http2";

import { create, type DescMethodUnary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { DescMessage } from "@bufbuild/protobuf";

const windowBytes = 2 ** 24;
const framePrefixBytes = 5;

/** A gRPC client that decodes nothing, so that what it measures is the server. */
export class RawClient {
  readonly #session: ClientHttp2Session;

  private constructor(session: ClientHttp2Session) {
    this.#session = session;
  }

  /** Connects, with windows that no answer fills. */
  static connect(url: string): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const session = connect(url, { settings: { initialWindowSize: windowBytes } });
      session.once("error", reject);
      session.once("connect", () => {
        session.setLocalWindowSize(windowBytes);
        resolve(new RawClient(session));
      });
    });
  }

  /** Makes a call, and returns the bytes of its answer. */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
  ): Promise<number> {
    const bytes = toBinary(method.input, create(method.input, request));
    const frame = Buffer.alloc(framePrefixBytes + bytes.length);
    frame.writeUInt32BE(bytes.length, 1);
    frame.set(bytes, framePrefixBytes);
    return new Promise((resolve, reject) => {
      const stream = this.#session.request({
        ":method": "POST",
        ":path": `/${method.parent.typeName}/${method.name}`,
        "content-type": "application/grpc+proto",
        te: "trailers",
      });
      let received = 0;
      stream.on("data", (chunk: Uint8Array) => (received += chunk.length));
      stream.once("end", () => {
        resolve(received);
      });
      stream.once("error", reject);
      stream.end(frame);
    });
  }

  close(): void {
    this.#session.close();
  }
}
