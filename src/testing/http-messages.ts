/** A request to the HTTP port, as it stood on the wire: unlike a `Request`, its path has not been tidied. */
export interface HttpRequest {
  readonly method: string;
  /** The request target: path and query, percent-encoded as sent. */
  readonly target: string;
  readonly headers: Headers;
  /** The values of the `Accept` header, one for each time that it was sent. */
  readonly accept: readonly string[];
  /** Reads the whole body. */
  readonly body: () => Promise<Uint8Array>;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** Where signed URLs of answers point. */
  readonly signedUrlBase: string;
}

/** An answer of the HTTP port. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** How the connection breaks, if it does: before anything is sent, or in the middle of the body. */
  readonly breaks?: "before" | "within" | undefined;
}

/** The part of a target before the query. */
export function pathOf(target: string): string {
  const at = target.indexOf("?");
  return at === -1 ? target : target.slice(0, at);
}

/** The part of a target after the first question mark, `""` when there is none. */
export function queryOf(target: string): string {
  const at = target.indexOf("?");
  return at === -1 ? "" : target.slice(at + 1);
}

/** An answer with a text. */
export function textResponse(status: number, contentType: string, text: string): HttpResponse {
  return {
    status,
    headers: new Headers({ "content-type": contentType }),
    body: new TextEncoder().encode(text),
  };
}

/** An answer without a body. */
export function emptyResponse(status: number, headers?: HeadersInit): HttpResponse {
  return { status, headers: new Headers(headers), body: new Uint8Array() };
}
