import { connect, createServer, type Server, type Socket } from "node:net";

import type { Ports } from "./messages.js";

/** A proxy that adds a round trip, and bounds nothing else. */
interface DelayProxy {
  readonly url: string;
  close(): void;
}

/** Where a server listens. */
export type ServerUrls = Pick<Ports, "grpcUrl" | "restUrl">;

/** Starts the proxies that add each of the round trips; without one to add, a server is asked as it is. */
export async function delayedPorts(
  { grpcUrl, restUrl }: ServerUrls,
  delaysMs: readonly number[],
): Promise<readonly Ports[]> {
  const ports: Ports[] = [];
  for (const delayMs of delaysMs) {
    if (delayMs === 0) {
      ports.push({ delayMs, grpcUrl, restUrl });
      continue;
    }
    const [grpc, rest] = await Promise.all([
      startDelayProxy(grpcUrl, delayMs),
      startDelayProxy(restUrl, delayMs),
    ]);
    ports.push({ delayMs, grpcUrl: grpc.url, restUrl: rest.url });
  }
  return ports;
}

/** Listens on loopback and passes bytes on, each way after half of the round trip. */
async function startDelayProxy(targetUrl: string, roundTripMs: number): Promise<DelayProxy> {
  const target = new URL(targetUrl);
  // An IPv6 host has brackets in a URL only.
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host, port: Number(target.port || 80), noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    passOn(near, far, roundTripMs / 2);
    passOn(far, near, roundTripMs / 2);
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function passOn(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void): void => {
    if (delayMs === 0) act();
    else setTimeout(act, delayMs);
  };
  from.on("data", (bytes) => {
    later(() => {
      if (to.writable) to.write(bytes);
    });
  });
  from.on("end", () => {
    later(() => to.end());
  });
  from.on("error", () => {
    to.destroy();
  });
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });
}
