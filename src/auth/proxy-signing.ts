import type { Transport } from "@connectrpc/connect";

import { toFlyteError } from "../errors/index.js";
import { requireHeaders } from "../internal/validation/index.js";
import type { FetchContext } from "../transports/index.js";
import type { AuthToken } from "./token.js";
import type { TokenCache } from "./token-cache.js";

/** Sends the questions about the server's metadata with the token of a proxy, and with another one where it is refused. */
export function signTransportForProxy(transport: Transport, tokens: TokenCache): Transport {
  return {
    stream: (...call) => transport.stream(...call),
    unary: async (method, signal, timeoutMs, header, input, contextValues) => {
      const send = (token: AuthToken) =>
        transport.unary(method, signal, timeoutMs, signed(header, token), input, contextValues);
      const token = await tokens.get();
      return send(token).catch(async (error: unknown) => {
        // FlyteAdmin asks for no token here, so a refusal comes from a proxy in front of it.
        if (toFlyteError(error).code !== "UNAUTHENTICATED") throw error;
        const other = await tokens.replace(token);
        if (other === undefined) throw error;
        return send(other);
      });
    },
  };
}

/** Sends requests to one host with the token of the proxy before it, and with another one where it is refused. */
export function signFetchForProxy(
  fetch: FetchContext["fetch"],
  host: string,
  tokens: TokenCache,
): NonNullable<FetchContext["fetch"]> {
  return async (url, init) => {
    const send = fetch ?? globalThis.fetch;
    if (new URL(url).host !== host) return send(url, init);
    const sendWith = (token: AuthToken) =>
      send(url, { ...init, headers: signed(init.headers, token) });
    const token = await tokens.get();
    const response = await sendWith(token);
    if (!isRefusalOfProxy(response)) return response;
    const other = await tokens.replace(token);
    if (other === undefined) return response;
    response.body?.cancel().catch(() => undefined);
    return sendWith(other);
  };
}

/** An issuer refuses a client in JSON; login proxies answer with a page or a text. */
function isRefusalOfProxy({ status, headers }: Response): boolean {
  const isJson = headers.get("content-type")?.includes("json") === true;
  return status === 407 || (status === 401 && !isJson);
}

function signed(given: HeadersInit | undefined, { accessToken }: AuthToken): Headers {
  const headers = new Headers(given);
  const own = requireHeaders({ "proxy-authorization": `Bearer ${accessToken}` });
  for (const [name, value] of own) headers.set(name, value);
  return headers;
}
