import type { AuthorizationServer, Client, ClientAuth } from "oauth4webapi";

import type { SignInServer } from "../discovery/sign-in-server.js";
import type { OAuthLibrary } from "./load.js";

/** What a grant is made with: the library, the issuer, the client, and the options of a request. */
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
