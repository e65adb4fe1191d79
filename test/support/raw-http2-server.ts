import { createServer, type Socket } from "node:net";

import { listenOnLoopback } from "../../tools/lib/loopback.mjs";

/** The answer of a raw server to the request of a stream. */
export type RawAnswer = (answer: RawStream) => void;

/** The stream of a request, for whom a library would be too polite. */
export interface RawStream {
  /** The number of the request on this server, from 1. */
  readonly request: number;
  readonly socket: Socket;
  /** Sends an answer that consists of headers only, as long as they may be. */
  sendHeaders(headers: Readonly<Record<string, string>>): void;
  /** Announces that no later request is answered on this connection. */
  goAway(): void;
}

/** A server that speaks HTTP/2 frame by frame, so that it can send what Node's own refuses to. */
export interface RawServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** How many connections there were. */
  readonly connections: number;
}

const data = 0;
const headersFrame = 1;
const settings = 4;
const ping = 6;
const goAway = 7;
const continuation = 9;
const ack = 1;
const endStream = 1;
const endHeaders = 4;
const prefaceBytes = 24;
const maxFrame = 16_384;

export async function rawHttp2Server(answer: RawAnswer, port = 0): Promise<RawServer> {
  let connections = 0;
  let requests = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.write(frame(settings, 0, 0, Buffer.alloc(0)));
    let rest = Buffer.alloc(0);
    let isOpen = false;
    socket.on("data", (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      if (!isOpen && rest.length >= prefaceBytes) {
        isOpen = true;
        rest = rest.subarray(prefaceBytes);
      }
      while (isOpen && rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
        const length = rest.readUIntBE(0, 3);
        const [type, flags, stream] = [rest[3]!, rest[4]!, rest.readUInt32BE(5) & 0x7fffffff];
        const payload = rest.subarray(9, 9 + length);
        rest = rest.subarray(9 + length);
        if (type === settings && (flags & ack) === 0) {
          socket.write(frame(settings, ack, 0, Buffer.alloc(0)));
        } else if (type === ping && (flags & ack) === 0) {
          socket.write(frame(ping, ack, 0, payload));
        } else if ((type === data || type === headersFrame) && (flags & endStream) !== 0) {
          answer(rawStream(socket, stream, (requests += 1)));
        }
      }
    });
  });
  const { url, port: bound, close } = await listenOnLoopback(server, port);
  return {
    url,
    port: bound,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: close,
  };
}

function rawStream(socket: Socket, stream: number, request: number): RawStream {
  return {
    request,
    socket,
    sendHeaders(headers) {
      const block = Buffer.concat(
        Object.entries(headers).map(([name, value]) => literal(name, value)),
      );
      const parts = Array.from({ length: Math.ceil(block.length / maxFrame) }, (_, index) =>
        block.subarray(index * maxFrame, (index + 1) * maxFrame),
      );
      parts.forEach((part, index) => {
        const flags = (index === 0 ? endStream : 0) | (index === parts.length - 1 ? endHeaders : 0);
        socket.write(frame(index === 0 ? headersFrame : continuation, flags, stream, part));
      });
    },
    goAway() {
      const payload = Buffer.alloc(8);
      payload.writeUInt32BE(stream, 0);
      socket.write(frame(goAway, 0, 0, payload));
    },
  };
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A header that is neither indexed nor compressed. */
function literal(name: string, value: string): Buffer {
  const [nameBytes, valueBytes] = [Buffer.from(name, "latin1"), Buffer.from(value, "latin1")];
  const zero = Buffer.from([0]);
  return Buffer.concat([
    zero,
    length7(nameBytes.length),
    nameBytes,
    length7(valueBytes.length),
    valueBytes,
  ]);
}

function length7(length: number): Buffer {
  if (length < 127) return Buffer.from([length]);
  const bytes = [127];
  for (let left = length - 127; ; left >>= 7) {
    bytes.push(left >= 128 ? (left & 127) | 128 : left);
    if (left < 128) return Buffer.from(bytes);
  }
}
