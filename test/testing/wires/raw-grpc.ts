import { type ClientHttp2Session, connect } from "node:http2";

/** An answer on HTTP/2 as it came. */
export interface RawAnswer {
  readonly headers: Readonly<Record<string, unknown>>;
  /** The second block of headers; `undefined` when there was none. */
  readonly trailers: Readonly<Record<string, unknown>> | undefined;
  readonly body: Uint8Array;
}

/** A connection that calls are made on by their bytes. */
export interface RawGrpc {
  call(path: string, body: Uint8Array, headers?: Record<string, string>): Promise<RawAnswer>;
  close(): void;
}

/** Connects to a gRPC port. */
export function rawGrpc(url: string): RawGrpc {
  const session = connect(url);
  // Each stream gets the session's error too; without a listener here it would end the process.
  session.on("error", () => undefined);
  return {
    call: (path, body, headers = {}) => request(session, path, body, headers),
    close: () => {
      session.destroy();
    },
  };
}

/** A message in its frame. */
export function frame(message: Uint8Array, flag = 0): Uint8Array {
  const framed = new Uint8Array(5 + message.length);
  framed[0] = flag;
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, 5);
  return framed;
}

function request(
  session: ClientHttp2Session,
  path: string,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
      ...headers,
    });
    let received: Readonly<Record<string, unknown>> = {};
    let trailers: Readonly<Record<string, unknown>> | undefined;
    const chunks: Buffer[] = [];
    stream.on("response", (answer) => {
      received = answer;
    });
    stream.on("trailers", (fields: Readonly<Record<string, unknown>>) => {
      trailers = fields;
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      resolve({ headers: received, trailers, body: new Uint8Array(Buffer.concat(chunks)) });
    });
    stream.on("error", reject);
    stream.end(body);
  });
}
