import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import { signInError } from "../../auth/index.js";
import { onAbort } from "../../internal/cancellation/index.js";
import { codeOf } from "../config/index.js";

/** The longest address that a browser may come back with, in characters. */
const maxTargetLength = 32_768;

/**
 * The most connections at a time. The oldest makes room for a new one: a browser asks as soon as it is connected, and
 * whatever else on this machine connects and asks nothing must not keep it out.
 */
const maxConnections = 64;

/** A sign-in that waits for its browser. */
interface Waiting {
  readonly state: string;
  readonly resolve: (url: string) => void;
  readonly reject: (reason: Error) => void;
}

/** The port that a browser comes back to after a sign-in. It takes one answer, and only from this machine. */
export class CallbackServer {
  readonly redirectUri: string;
  readonly #servers: readonly Server[];
  readonly #path: string;
  readonly #sockets = new Set<Socket>();
  #waiting: Waiting | undefined;

  private constructor(servers: readonly Server[], redirectUri: URL) {
    this.#servers = servers;
    this.redirectUri = redirectUri.href;
    this.#path = redirectUri.pathname;
    for (const server of servers) {
      // A failed accept, as without file handles, is emitted here; without a listener it would end the process.
      server.on("error", () => undefined);
      server.on("connection", (socket: Socket) => {
        this.#sockets.add(socket);
        socket.on("error", () => undefined);
        socket.once("close", () => this.#sockets.delete(socket));
        const [oldest] = this.#sockets;
        if (this.#sockets.size > maxConnections) oldest?.destroy();
      });
      server.on("request", (request: IncomingMessage, response: ServerResponse) => {
        this.#answer(request, response);
      });
    }
  }

  /**
   * Opens the port of a redirect URI, on each address that its host stands for.
   * @param port Another port; 0 is any free one.
   * @throws SignInError when the port is taken
   */
  static async open(redirect: URL, port: number | undefined): Promise<CallbackServer> {
    const wanted = port ?? Number(redirect.port || "80");
    // A browser may take localhost for either.
    const hosts = redirect.hostname === "localhost" ? ["127.0.0.1", "::1"] : [redirect.hostname];
    const servers: Server[] = [];
    let bound = wanted;
    for (const host of hosts) {
      const server = createServer({ maxHeaderSize: 65_536 });
      try {
        bound = await listen(server, bound, host.replace(/[[\]]/g, ""));
        servers.push(server);
      } catch (error) {
        // Not every machine has IPv6.
        if (servers.length > 0) continue;
        throw signInError(
          `the port ${wanted}, where the browser is to come back to, cannot be opened${codeOf(error)}`,
          "End the program that holds it, which may be another sign-in; or sign in by device code or client credentials.",
          { reason: "failed" },
        );
      }
    }
    const actual = new URL(redirect);
    if (bound !== Number(redirect.port || "80")) actual.port = String(bound);
    return new CallbackServer(servers, actual);
  }

  /**
   * Waits until the browser comes back with an answer to this sign-in.
   * @returns the address that it came back to
   * @throws SignInError with reason `timed-out`
   */
  callback(state: string, timeoutMs: number, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      let removeListener = (): void => undefined;
      const settle = (): void => {
        clearTimeout(timer);
        removeListener();
        this.#waiting = undefined;
      };
      const waiting: Waiting = {
        state,
        resolve: (url) => {
          settle();
          resolve(url);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      };
      const timer = setTimeout(() => {
        waiting.reject(
          signInError(
            `nobody signed in within ${Math.round(timeoutMs / 1000)} s`,
            "Begin again, or raise the time limit (pkceConfig.timeout).",
            { reason: "timedOut" },
          ),
        );
      }, timeoutMs);
      this.#waiting = waiting;
      removeListener = onAbort([signal], ({ reason }) => {
        waiting.reject(reason instanceof Error ? reason : new Error("the sign-in was cancelled"));
      });
    });
  }

  /** Closes the port and every connection to it. */
  close(): void {
    this.#waiting?.reject(
      signInError("the sign-in was ended before the browser came back", "Begin again.", {
        reason: "failed",
      }),
    );
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { url: target = "", method } = request;
    if (target.length > maxTargetLength) {
      send(response, 414, "This address is too long.");
      return;
    }
    // Compared as text: `URL` throws for targets such as `//`, and anybody may send one.
    const [path = "", ...rest] = target.split("?");
    if (method !== "GET" || path !== this.#path) {
      send(response, 404, "There is nothing here.");
      return;
    }
    const query = rest.join("?");
    const parameters = new URLSearchParams(query);
    const waiting = this.#waiting;
    // Any page may send a browser here: an answer that is not ours must not end the sign-in.
    if (waiting?.state !== parameters.get("state")) {
      send(response, 400, "This answer does not belong to the sign-in in progress.");
      return;
    }
    this.#waiting = undefined;
    // The port closes with the sign-in, so the page goes out first.
    response.once("close", () => {
      const back = new URL(this.redirectUri);
      back.search = query;
      waiting.resolve(back.href);
    });
    send(response, 200, pageFor(parameters));
  }
}

/** The code is not exchanged yet, so no page can say that the person is signed in. */
function pageFor(parameters: URLSearchParams): string {
  if (parameters.has("error")) return "The sign-in was refused. You may close this window.";
  if (!parameters.get("code")) return "The sign-in failed: the issuer sent no code.";
  return "The sign-in continues in the program that asked for it. You may close this window.";
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "referrer-policy": "no-referrer",
    connection: "close",
  });
  response.end(
    `<!doctype html><html lang="en"><title>Flyte</title><body style="font-family:sans-serif;margin:4em"><p>${text}</p></body></html>`,
  );
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off("error", reject);
      // A TCP server that listens has an address of host and port.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
