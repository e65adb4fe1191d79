import type { FakeIssuer, IssuerClient, IssuerUser, TokenLives } from "../issuer/index.js";

/** Authentication of an in-memory server, as `auth` in FlyteAdmin's configuration. */
export interface SignInOptions {
  /**
   * The issuer whose tokens are good (`authServerType: External`).
   * @defaultValue none: the server is its own issuer, at `/oauth2`
   */
  readonly issuer?: FakeIssuer | undefined;
  /**
   * The addresses that the server is known by: issuer and audience of its own tokens. With an
   * empty list it is `https` and the host of each call, as on a stock server that names none.
   * @defaultValue the address of the HTTP port
   */
  readonly authorizedUris?: readonly string[] | undefined;
  /** Audiences that are good besides the server's address, with an issuer. */
  readonly allowedAudience?: readonly string[] | undefined;
  /**
   * The clients with a secret of the server's own issuer.
   * @defaultValue `flytepropeller` with the secret `foobar`
   */
  readonly clients?: Readonly<Record<string, IssuerClient>> | undefined;
  /** The public client that `GetPublicClientConfig` names. */
  readonly publicClient?: Partial<PublicClient> | undefined;
  /**
   * The gRPC metadata key for tokens, besides `authorization`. It is published.
   * @defaultValue `"flyte-authorization"`
   */
  readonly grpcAuthorizationHeader?: string | undefined;
  /**
   * The HTTP header for tokens, besides `authorization`. It is published nowhere.
   * @defaultValue `"flyte-authorization"`
   */
  readonly httpAuthorizationHeader?: string | undefined;
  /** How long the tokens of the server's own issuer live. */
  readonly lives?: Partial<TokenLives> | undefined;
  /** The person who signs in at `/login`, who is not asked. */
  readonly user?: IssuerUser | undefined;
}

/** The answer of `GetPublicClientConfig`. */
export interface PublicClient {
  /** @defaultValue `"flytectl"` */
  readonly clientId: string;
  /** @defaultValue `"http://localhost:53593/callback"` */
  readonly redirectUri: string;
  /** @defaultValue `["all", "offline"]` */
  readonly scopes: readonly string[];
  /** @defaultValue `""` */
  readonly audience: string;
}

/** The public client of a stock server. */
export function publicClientOf(options: SignInOptions): PublicClient {
  return {
    clientId: "flytectl",
    redirectUri: "http://localhost:53593/callback",
    scopes: ["all", "offline"],
    audience: "",
    ...options.publicClient,
  };
}

/** The header names of a stock server, or those that were set. */
export function headerNamesOf(options: SignInOptions): {
  readonly grpc: string;
  readonly http: string;
} {
  return {
    grpc: (options.grpcAuthorizationHeader ?? "flyte-authorization").toLowerCase(),
    http: (options.httpAuthorizationHeader ?? "flyte-authorization").toLowerCase(),
  };
}

/**
 * The address that the server takes for its own in a call.
 * @param headers The gRPC metadata or the HTTP headers of the call.
 * @param httpUrl The address of the HTTP port.
 */
export function publicUrl(options: SignInOptions, headers: Headers, httpUrl: string): string {
  const uris = options.authorizedUris ?? [httpUrl];
  const host =
    headers.get("x-forwarded-host") ?? headers.get("grpcgateway-host") ?? headers.get("host") ?? "";
  const [first] = uris;
  if (first === undefined) return `https://${host}`;
  return uris.find((uri) => new URL(uri).host === host) ?? first;
}
