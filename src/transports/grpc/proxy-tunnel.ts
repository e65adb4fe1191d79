import { request } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

import { ConnectionError, InvalidOptionError } from "../../errors/index.js";

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
 * @throws InvalidOptionError when it is no http address.
 */
export function parseProxyUrl(proxyUrl: string): HttpProxy {
  const url = URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
  if (url?.protocol !== "http:") {
    throw new InvalidOptionError(
      'proxyUrl must be the address of an HTTP proxy, such as "http://proxy.example.com:3128".',
      { option: "proxyUrl" },
    );
  }
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? 80 : Number(url.port),
    authorization: user === ":" ? undefined : `Basic ${Buffer.from(user).toString("base64")}`,
  };
}

/** A connection to a server through a proxy. What is written before it is open waits. */
export class ProxyTunnel extends Duplex {
  readonly #proxy: HttpProxy;
  readonly #target: string;
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
    const { host, port, authorization } = this.#proxy;
    const headers = authorization === undefined ? {} : { "proxy-authorization": authorization };
    const asked = request({ host, port, method: "CONNECT", path: this.#target, headers });
    asked.once("error", (cause) => {
      callback(this.#failure(`cannot be reached: ${cause.message}`, cause));
    });
    asked.once("connect", ({ statusCode }, socket, head) => {
      if (statusCode === 200) {
        this.#open(socket, head);
        callback();
      } else {
        socket.destroy();
        callback(this.#failure(`answered ${statusCode} instead of opening a tunnel`));
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

  #failure(what: string, cause?: Error): ConnectionError {
    const { host, port } = this.#proxy;
    return new ConnectionError(`The proxy ${host}:${port} ${what} (to ${this.#target}).`, {
      attempts: 1,
      cause,
    });
  }
}
