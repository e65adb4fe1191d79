import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

import type { NodeTlsOptions } from "./tls-settings.js";

/** A `fetch` for the requests of this package: text or bytes as body, and redirects as they come. */
export type NodeFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` with TLS options of its own, which the one of Node does not take without a dispatcher
 * of another package. It does not follow redirects. Addresses without TLS go to the global `fetch`.
 */
export function createNodeFetch(tls: NodeTlsOptions): NodeFetch {
  const agent = new Agent({ keepAlive: true, ...tls });
  return async (input, init) => {
    const asked = new Request(input, init);
    if (!asked.url.startsWith("https:")) return globalThis.fetch(input, init);
    // As `fetch` does: bodies are read before they are sent, since they are small.
    const body = asked.body === null ? undefined : new Uint8Array(await asked.arrayBuffer());
    return send(asked, body, agent);
  };
}

function send(asked: Request, body: Uint8Array | undefined, agent: Agent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(asked.headers);
    const outgoing = request(
      asked.url,
      {
        method: asked.method,
        agent,
        signal: asked.signal,
        headers: body === undefined ? headers : { ...headers, "content-length": body.length },
      },
      (incoming) => {
        try {
          resolve(toResponse(incoming));
        } catch (error) {
          reject(error instanceof Error ? error : new Error("the answer cannot be read"));
        }
      },
    );
    outgoing.on("error", (error) => {
      const reason: unknown = asked.signal.reason;
      if (asked.signal.aborted) reject(reason instanceof Error ? reason : error);
      else reject(new TypeError("fetch failed", { cause: error }));
    });
    outgoing.end(body);
  });
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = incoming.statusCode ?? 0;
  if (status === 204 || status === 304) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  // Node's stream type and the DOM's are one class at run time and two to the compiler.
  const body = Readable.toWeb(incoming) as NodeReadableStream<Uint8Array> as ReadableStream;
  return new Response(body, { status, headers });
}
