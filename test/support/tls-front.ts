import { readFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { createServer, type SecureVersion, type TLSSocket } from "node:tls";

import { listenOnLoopback } from "../../tools/lib/loopback.mjs";

const folder = new URL("tls/", import.meta.url);

/** Returns the content of a file of the tests' certificates, such as `"ca.pem"`. */
export const tlsFile = (name: string): string => readFileSync(new URL(name, folder), "utf8");

/** The certificate authority of the tests' servers. */
export const caFile: string = new URL("ca.pem", folder).pathname;

/** How a front speaks TLS, where it is not as usual. */
export interface TlsFrontOptions {
  /**
   * Whose certificate it shows: `server` for localhost of the usual authority, `internal` for flyte.internal of the
   * other one; and of a third authority (names-ca.pem), for the name localhost or the address 127.0.0.1 alone, or
   * for flyte.elsewhere.
   */
  readonly shows?: "server" | "internal" | "only-name" | "only-ip" | "elsewhere";
  /** Whether it asks for a certificate, and takes also none. */
  readonly asks?: boolean;
  /** Whether it demands a certificate of the other authority. */
  readonly demands?: boolean;
  readonly maxVersion?: SecureVersion;
}

/** Adds TLS in front of a port without, and passes everything on. */
export async function openTlsFront(
  targetUrl: string,
  protocols: readonly string[],
  { shows = "server", asks = false, demands = false, maxVersion }: TlsFrontOptions = {},
): Promise<{ readonly port: number; readonly clients: readonly string[]; close(): Promise<void> }> {
  const target = Number(new URL(targetUrl).port);
  const clients: string[] = [];
  const server = createServer(
    {
      cert: tlsFile(`${shows}.pem`),
      key: tlsFile(`${shows}.key`),
      ALPNProtocols: [...protocols],
      ...((asks || demands) && {
        requestCert: true,
        rejectUnauthorized: demands,
        ca: tlsFile("other-ca.pem"),
      }),
      ...(maxVersion && { maxVersion }),
    },
    (socket) => {
      if (asks || demands) clients.push(clientOf(socket));
      const inner = connectTcp(target, "127.0.0.1");
      socket.on("error", () => inner.destroy());
      inner.on("error", () => socket.destroy());
      socket.on("close", () => inner.destroy());
      inner.on("close", () => socket.destroy());
      socket.pipe(inner).pipe(socket);
    },
  );
  server.on("tlsClientError", () => undefined);
  const { port, close } = await listenOnLoopback(server);
  return { port, clients, close };
}

/** The name of the client's certificate, or `"none"`. */
function clientOf(socket: TLSSocket): string {
  const { subject } = socket.getPeerCertificate() as Partial<
    ReturnType<TLSSocket["getPeerCertificate"]>
  >;
  return String(subject?.CN ?? "none");
}
