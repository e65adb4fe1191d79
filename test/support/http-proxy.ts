import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

import { listenOnLoopback } from "../../tools/lib/loopback.mjs";

/** A tunnel that was requested from the proxy. */
export interface AskedTunnel {
  /** Host and port. */
  readonly target: string | undefined;
  readonly authorization: string | undefined;
}

/** An HTTP proxy for tests. */
export interface TestProxy {
  readonly port: number;
  readonly asked: AskedTunnel[];
  /** How many tunnels, or requests for one, are open. */
  readonly open: number;
  close(): Promise<void>;
}

/** How a proxy answers: with tunnels, with an HTTP status instead, or never. */
export type ProxyManner = "tunnel" | "silence" | number;

/** An HTTP proxy that takes CONNECT, or refuses it. */
export async function openProxy(
  mannerOf: (asked: AskedTunnel) => ProxyManner = () => "tunnel",
): Promise<TestProxy> {
  const asked: AskedTunnel[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer();
  proxy.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  proxy.on("connect", (request, socket) => {
    const one = { target: request.url, authorization: request.headers["proxy-authorization"] };
    asked.push(one);
    const manner = mannerOf(one);
    if (manner === "tunnel") join(socket, one.target ?? "");
    else if (manner === "silence") socket.on("end", () => socket.destroy()).resume();
    else socket.end(`HTTP/1.1 ${manner} As Asked\r\n\r\n`);
  });
  const { port, close } = await listenOnLoopback(proxy);
  return {
    port,
    asked,
    get open() {
      return sockets.size;
    },
    close,
  };
}

function join(socket: Duplex, target: string): void {
  const { hostname, port } = new URL(`http://${target}`);
  const far = connect(Number(port), hostname, () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    far.pipe(socket).pipe(far);
  });
  far.on("error", () => socket.destroy());
  socket.on("close", () => far.destroy());
}
