/** The facts for signing in to a server: its own metadata, with the caller's settings on top. */
export interface SignInServer {
  /** The id of the public client (`GetPublicClientConfig.client_id`), or the caller's. */
  readonly clientId: string | undefined;
  /** The address that the issuer sends the browser back to. */
  readonly redirectUri: string | undefined;
  /** The scopes to ask for; FlyteAdmin's own default is `all` and `offline`. */
  readonly scopes: readonly string[];
  /** The audience that a person's sign-in asks for. */
  readonly audience: string | undefined;
  /** The audience that client credentials ask for. */
  readonly serviceAudience: string | undefined;
  /** The gRPC metadata key for the token (`authorization_metadata_key`). */
  readonly metadataKey: string | undefined;
  /** Gets the issuer's endpoints; asked once. */
  readonly endpoints: () => Promise<IssuerEndpoints>;
}

/** The endpoints of an issuer, all checked to be safe to send credentials to. */
export interface IssuerEndpoints {
  readonly issuer: string;
  readonly tokenEndpoint: string | undefined;
  readonly authorizationEndpoint: string | undefined;
  readonly deviceAuthorizationEndpoint: string | undefined;
  /** The ways in which a client may prove itself at the token endpoint; empty when the issuer does not say. */
  readonly tokenEndpointAuthMethods: readonly string[];
  /** Whether the issuer promises to name itself when it sends the browser back (RFC 9207). */
  readonly namesIssuer: boolean;
}

/** Settings of the caller that replace the server's metadata. */
export interface SignInServerOptions {
  /** The client's id. */
  readonly clientId?: string | undefined;
  /** The address that the issuer sends the browser back to. */
  readonly redirectUri?: string | undefined;
  /** The scopes to ask for. FlyteAdmin demands `all`. */
  readonly scopes?: readonly string[] | undefined;
  /**
   * The audience to ask for; an empty one asks for none.
   * @defaultValue the one that the server publishes where a person signs in, none for client credentials
   */
  readonly audience?: string | undefined;
  /**
   * Whether client credentials ask for the audience that the server publishes, whatever `audience` is.
   * @defaultValue `false`, as in flytectl
   */
  readonly useAudienceFromAdmin?: boolean | undefined;
  /** The token endpoint, where it differs from what the server's metadata says. */
  readonly tokenUrl?: string | undefined;
  /** The issuer, whose well-known document is read in place of FlyteAdmin's metadata. */
  readonly authorizationServerUrl?: string | undefined;
}
