import { type ClientRequest, request } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

import { InvalidOptionError } from "../../errors/index.js";
import { NodeFault } from "./node-fault.js";

/** An HTTP proxy that opens tunnels (CONNECT). */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** Of the form `Basic …`; `undefined` when the proxy asks for none. */
  readonly authorization: string | undefined;
}

/**
 * Reads the address of a proxy, such as `http://proxy.example.com:3128`, with a user and a password
 * where it asks for them.
 *
 * @throws InvalidOptionError when it is not an http address.
 */
export function parseProxyUrl(proxyUrl: string): HttpProxy {
  const url = URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
  if (url?.protocol !== "http:") {
    throw new InvalidOptionError(
      'proxyUrl must be the address of an HTTP proxy, such as "http://proxy.example.com:3128".',
      { option: "proxyUrl" },
    );
  }
  const user = userOf(url);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? 80 : Number(url.port),
    authorization: user === ":" ? undefined : `Basic ${Buffer.from(user).toString("base64")}`,
  };
}

function userOf({ username, password }: URL): string {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    throw new InvalidOptionError(
      'proxyUrl has a user or a password with a "%" that encodes nothing: write "%25" for one.',
      { option: "proxyUrl" },
    );
  }
}

/** A connection to a server through a proxy. What is written before it is open waits. */
export class ProxyTunnel extends Duplex {
  readonly #proxy: HttpProxy;
  readonly #target: string;
  #asked: ClientRequest | undefined;
  #socket: Socket | undefined;
  #isUnref = false;

  /** @param target Host and port, such as `"flyte.example.com:443"`. */
  constructor(proxy: HttpProxy, target: string) {
    super();
    this.#proxy = proxy;
    this.#target = target;
  }

  /** Keeps the process alive while the connection is open, as a socket does. */
  ref(): this {
    this.#isUnref = false;
    this.#socket?.ref();
    return this;
  }

  /** Lets the process end while the connection is open. */
  unref(): this {
    this.#isUnref = true;
    this.#socket?.unref();
    return this;
  }

  /** Asked by Node's agents of every socket. The proxy decides how long it keeps a tunnel. */
  setKeepAlive(isOn?: boolean, initialDelayMs?: number): this {
    this.#socket?.setKeepAlive(isOn, initialDelayMs);
    return this;
  }

  /** Asked by Node's agents of every socket. */
  setNoDelay(isOn?: boolean): this {
    this.#socket?.setNoDelay(isOn);
    return this;
  }

  /** Asked by Node's agents of every socket. */
  setTimeout(ms: number, callback?: () => void): this {
    this.#socket?.setTimeout(ms, callback);
    return this;
  }

  /** Also ends a connection that is not open yet, which Node's streams would wait for. */
  override destroy(error?: Error): this {
    this.#asked?.destroy(error);
    return super.destroy(error);
  }

  override _construct(callback: (error?: Error | null) => void): void {
    // Fields are not there yet: this runs inside the constructor of the class above.
    process.nextTick(() => {
      this.#connect(callback);
    });
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(
    chunk: Uint8Array,
    _encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    this.#socket?.write(chunk, callback);
  }

  override _final(callback: () => void): void {
    this.#socket?.end(callback);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#socket?.destroy();
    callback(error);
  }

  #connect(callback: (error?: Error | null) => void): void {
    if (this.destroyed) {
      callback(new Error("the connection was closed before it was open"));
      return;
    }
    const { host, port, authorization } = this.#proxy;
    const headers = authorization === undefined ? {} : { "proxy-authorization": authorization };
    const asked = request({ host, port, method: "CONNECT", path: this.#target, headers });
    this.#asked = asked;
    asked.once("error", (cause) => {
      const isReached = asked.socket?.remotePort !== undefined;
      const what = isReached ? "closed the connection" : "cannot be reached";
      callback(this.#failure(`${what}: ${cause.message}`, "Check proxyUrl.", cause));
    });
    asked.once("connect", ({ statusCode }, socket, head) => {
      this.#asked = undefined;
      if (statusCode !== undefined && statusCode >= 200 && statusCode < 300) {
        this.#open(socket, head);
        callback();
      } else {
        socket.destroy();
        const remedy =
          statusCode === 407
            ? "It asks for a user and a password: write user:password@ before its host in proxyUrl."
            : "Ask whether it lets this host and port through.";
        callback(this.#failure(`answered ${statusCode} instead of opening a tunnel`, remedy));
      }
    });
    asked.end();
  }

  #open(socket: Socket, head: Buffer): void {
    this.#socket = socket;
    if (this.#isUnref) socket.unref();
    if (head.length > 0) this.push(head);
    socket.on("data", (chunk) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.once("end", () => this.push(null));
    socket.once("error", (error) => this.destroy(error));
    socket.once("close", () => this.destroy());
  }

  #failure(what: string, remedy: string, cause?: Error): NodeFault {
    const { host, port } = this.#proxy;
    return new NodeFault(`the proxy ${host}:${port} ${what}`, remedy, cause);
  }
}
