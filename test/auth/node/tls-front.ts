import { readFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { createServer, type TLSSocket } from "node:tls";

const folder = new URL("../../support/tls/", import.meta.url);

/** The certificate authority of the tests' servers. */
export const caFile: string = new URL("ca.pem", folder).pathname;

/** Stands with TLS before a port without, and hands everything on. */
export async function openTlsFront(
  targetUrl: string,
  protocols: readonly string[],
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const target = Number(new URL(targetUrl).port);
  const sockets = new Set<TLSSocket>();
  const server = createServer(
    {
      cert: readFileSync(new URL("server.pem", folder)),
      key: readFileSync(new URL("server.key", folder)),
      ALPNProtocols: [...protocols],
    },
    (socket) => {
      sockets.add(socket);
      const inner = connectTcp(target, "127.0.0.1");
      socket.on("error", () => inner.destroy());
      inner.on("error", () => socket.destroy());
      socket.on("close", () => inner.destroy());
      inner.on("close", () => socket.destroy());
      socket.pipe(inner).pipe(socket);
    },
  );
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
