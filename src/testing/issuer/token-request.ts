import { OAuthRefusal } from "./oauth-error.js";
import type { IssuerClient } from "./parties.js";

/** The parameters of a token request, and who makes it. */
export interface TokenRequest {
  readonly parameters: URLSearchParams;
  /** The client's id and secret as they were given; both empty when none were. */
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Reads a token request: a form, with the client in it or in HTTP Basic. */
export function readTokenRequest(headers: Headers, body: string): TokenRequest {
  const parameters = new URLSearchParams(body);
  const basic = /^Basic (.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (basic === undefined) {
    return {
      parameters,
      clientId: parameters.get("client_id") ?? "",
      clientSecret: parameters.get("client_secret") ?? "",
    };
  }
  const [, id = "", secret = ""] = /^([^:]*):(.*)$/s.exec(decodeBase64(basic)) ?? [];
  return { parameters, clientId: decodeForm(id), clientSecret: decodeForm(secret) };
}

/**
 * Finds the client of a request and checks its secret.
 * @param words The description of the error for an unknown client or a wrong secret.
 */
export function checkClient(
  clients: Readonly<Record<string, IssuerClient>>,
  { clientId, clientSecret }: TokenRequest,
  words = "",
): IssuerClient {
  const client = Object.hasOwn(clients, clientId) ? clients[clientId] : undefined;
  if (client === undefined || (client.secret ?? "") !== clientSecret) {
    throw new OAuthRefusal("invalid_client", words, 401);
  }
  return client;
}

/** The scopes of a request. */
export function scopesIn(parameters: URLSearchParams): readonly string[] {
  return (parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
