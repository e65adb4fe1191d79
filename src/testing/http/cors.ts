import { emptyResponse, type HttpRequest, type HttpResponse } from "../http-messages.js";

/** The rights of pages of other origins on the HTTP port (`server.security` of FlyteAdmin). */
export interface CorsOptions {
  /**
   * The origins that are let in; `"*"` is every one.
   * @defaultValue `["*"]`
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * The request headers that a page may set, besides those that need no leave. `Content-Type` is always among them.
   * @defaultValue `["Content-Type", "flyte-authorization"]`
   */
  readonly allowedHeaders?: readonly string[] | undefined;
}

const allowedMethods: readonly string[] = ["GET", "POST", "DELETE", "HEAD", "PUT", "PATCH"];
const simpleMethods: readonly string[] = ["GET", "HEAD", "POST"];
const simpleHeaders: readonly string[] = [
  "Accept",
  "Accept-Language",
  "Content-Language",
  "Origin",
];

/** The server's CORS rules: which preflights pass, and which headers answers get. */
export class Cors {
  readonly #origins: readonly string[];
  readonly #headers: readonly string[];

  constructor(settings: CorsOptions) {
    this.#origins = settings.allowedOrigins ?? ["*"];
    const headers = settings.allowedHeaders ?? ["flyte-authorization"];
    this.#headers = ["Content-Type", ...headers.map(canonicalName)];
  }

  /** The answer to OPTIONS, which the server sends for any path, known or not. */
  preflight(request: HttpRequest): HttpResponse {
    if (!this.#allows(request)) return emptyResponse(200);
    const method = request.headers.get("access-control-request-method");
    if (method === null) return emptyResponse(400);
    if (!allowedMethods.includes(method)) return emptyResponse(405);
    const asked = (request.headers.get("access-control-request-headers") ?? "")
      .split(",")
      .map((name) => canonicalName(name.trim()))
      .filter((name) => name !== "" && !simpleHeaders.includes(name));
    if (asked.some((name) => !this.#headers.includes(name))) return emptyResponse(403);
    const headers = new Headers();
    if (asked.length > 0) headers.set("access-control-allow-headers", asked.join(","));
    if (!simpleMethods.includes(method)) headers.set("access-control-allow-methods", method);
    this.#mark(request, headers);
    return emptyResponse(200, headers);
  }

  /** Adds what an answer to a page of another origin carries; nothing for an origin that is not let in. */
  decorate(request: HttpRequest, response: HttpResponse): HttpResponse {
    if (!this.#allows(request)) return response;
    const headers = new Headers(response.headers);
    this.#mark(request, headers);
    return { ...response, headers };
  }

  #allows(request: HttpRequest): boolean {
    const origin = request.headers.get("origin") ?? "";
    return origin !== "" && (this.#origins.includes("*") || this.#origins.includes(origin));
  }

  #mark(request: HttpRequest, headers: Headers): void {
    headers.set("access-control-allow-credentials", "true");
    if (this.#origins.length > 1) headers.append("vary", "Origin");
    const origin = this.#origins.includes("*") ? "*" : (request.headers.get("origin") ?? "");
    headers.set("access-control-allow-origin", origin);
  }
}

/** A header's name as Go writes it: `content-type` is `Content-Type`. */
function canonicalName(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
