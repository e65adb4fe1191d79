import { connect, createServer, type Server, type Socket } from "node:net";

/** A proxy that adds a round trip, and bounds nothing else. */
export interface DelayProxy {
  readonly url: string;
  close(): void;
}

/** Listens on loopback and passes bytes on, each way after half of the round trip. */
export async function startDelayProxy(targetUrl: string, roundTripMs: number): Promise<DelayProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
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
