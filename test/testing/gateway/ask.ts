import type { HttpRequest, HttpResponse } from "../../../src/testing/http/index.js";
import type { ServerWires } from "../../../src/testing/server.js";

/** A request to the HTTP port, all parts but the target optional. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly accept?: readonly string[];
  readonly body?: string | Uint8Array;
}

/** An answer with its body as text and, where it is JSON, parsed. */
export interface Told extends HttpResponse {
  readonly text: string;
  readonly json: unknown;
}

/** Sends a request whose target reaches the server untidied, as over a socket. */
export async function ask(wires: ServerWires, target: string, ask: Ask = {}): Promise<Told> {
  const headers = new Headers(ask.headers);
  const accept = headers.get("accept");
  const body = typeof ask.body === "string" ? new TextEncoder().encode(ask.body) : ask.body;
  const request: HttpRequest = {
    method: ask.method ?? "GET",
    target,
    headers,
    accept: ask.accept ?? (accept === null ? [] : [accept]),
    body: () => Promise.resolve(body ?? new Uint8Array()),
    signal: new AbortController().signal,
    signedUrlBase: "http://storage.test",
  };
  const response = await wires.port.handle(request);
  const text = new TextDecoder().decode(response.body);
  const isJson = text !== "" && response.headers.get("content-type") === "application/json";
  return { ...response, text, json: isJson ? JSON.parse(text) : undefined };
}

/** The message of an error body in JSON. */
export function messageOf(told: Told): unknown {
  return (told.json as { message?: unknown }).message;
}
