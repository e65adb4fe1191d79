import type { AuthorizationServer, Client, ClientAuth } from "oauth4webapi";

import type { SignInServer } from "../discovery/index.js";
import type { OAuthLibrary } from "./load.js";

/** Gets a token for a service. */
export async function clientCredentials(parts: GrantParts): Promise<GrantAnswer> {
  const { library, issuer, client, clientAuth, options } = parts;
  const response = await library.clientCredentialsGrantRequest(
    issuer,
    client,
    clientAuth,
    askedOf(parts, parts.server.serviceAudience),
    options,
  );
  return library.processClientCredentialsResponse(issuer, client, response);
}

/** Gets a token for a refresh token. */
export async function refresh(
  { library, issuer, client, clientAuth, options }: GrantParts,
  refreshToken: string,
): Promise<GrantAnswer> {
  const response = await library.refreshTokenGrantRequest(
    issuer,
    client,
    clientAuth,
    refreshToken,
    options,
  );
  return library.processRefreshTokenResponse(issuer, client, response);
}

/** The scopes and the audience that are asked for. */
export function askedOf({ server }: GrantParts, audience: string | undefined): URLSearchParams {
  const parameters = new URLSearchParams();
  if (server.scopes.length > 0) parameters.set("scope", server.scopes.join(" "));
  if (audience !== undefined) parameters.set("audience", audience);
  return parameters;
}

/** The parts of a grant: the library, the issuer, the client, and the options of a request. */
export interface GrantParts {
  readonly server: SignInServer;
  readonly library: OAuthLibrary;
  readonly issuer: AuthorizationServer;
  readonly client: Client;
  readonly clientAuth: ClientAuth;
  readonly options: RequestOptions;
}

/** Options of the OAuth library's requests. */
export type RequestOptions = Readonly<Record<symbol, unknown>>;

/** The part of the OAuth library's token answers that is used. */
export interface GrantAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
}
