import { connect, createServer, type Socket } from "node:net";

import { listenOnLoopback, type LoopbackServer } from "../../tools/lib/loopback.mjs";

const dataFrame = 0;
const headersFrame = 1;
const goAwayFrame = 7;
const endStream = 1;
const headBytes = 9;

/** A proxy of HTTP/2 whose connections each say GOAWAY, as a load balancer that is replaced does. */
export interface GoingAwayProxy extends LoopbackServer {
  /** How many connections were left so. */
  readonly left: number;
}

/**
 * Starts a proxy that ends each connection after some answers: it announces the last stream that it answers, and
 * closes the connection under those that are in flight beyond it.
 */
export async function goingAwayProxy(
  port: number,
  answersPerConnection: number,
): Promise<GoingAwayProxy> {
  let left = 0;
  const server = createServer((socket) => {
    const far = connect(port, "127.0.0.1");
    for (const each of [socket, far]) each.on("error", () => undefined);
    socket.pipe(far);
    socket.on("close", () => far.destroy());
    far.on("close", () => socket.destroy());
    let answers = 0;
    forFrames(far, (frame) => {
      socket.write(frame);
      const [type, flags] = [frame[3], frame[4] ?? 0];
      const isEnd = (flags & endStream) !== 0 && (type === dataFrame || type === headersFrame);
      if (!isEnd || (answers += 1) !== answersPerConnection) return;
      left += 1;
      far.removeAllListeners("data");
      socket.unpipe(far);
      socket.end(goAway(frame.readUInt32BE(5)));
      far.destroy();
    });
  });
  const { close, ...bound } = await listenOnLoopback(server);
  return {
    ...bound,
    close,
    get left() {
      return left;
    },
  };
}

function forFrames(socket: Socket, take: (frame: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= headBytes && rest.length >= headBytes + rest.readUIntBE(0, 3)) {
      const length = headBytes + rest.readUIntBE(0, 3);
      const frame = rest.subarray(0, length);
      rest = rest.subarray(length);
      take(frame);
    }
  });
}

function goAway(lastStream: number): Buffer {
  const frame = Buffer.alloc(headBytes + 8);
  frame.writeUIntBE(8, 0, 3);
  frame[3] = goAwayFrame;
  frame.writeUInt32BE(lastStream, headBytes);
  return frame;
}
