import { connect, createServer, type Socket } from "node:net";

import { listenOnLoopback } from "../../tools/lib/loopback.mjs";
import type { Ports } from "./messages.js";

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
    const [delayedGrpc, delayedRest] = await Promise.all([
      startDelayProxy(grpcUrl, delayMs),
      startDelayProxy(restUrl, delayMs),
    ]);
    ports.push({ delayMs, grpcUrl: delayedGrpc, restUrl: delayedRest });
  }
  return ports;
}

/** Listens on loopback and passes bytes on, each way after half of the round trip. It bounds nothing else. */
async function startDelayProxy(targetUrl: string, roundTripMs: number): Promise<string> {
  const target = new URL(targetUrl);
  // An IPv6 host has brackets in a URL only.
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host, port: Number(target.port || 80), noDelay: true });
    passOn(near, far, roundTripMs / 2);
    passOn(far, near, roundTripMs / 2);
  });
  const { url } = await listenOnLoopback(server);
  return url;
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
