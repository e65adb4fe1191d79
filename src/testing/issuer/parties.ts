/** A client that an issuer knows. */
export interface IssuerClient {
  /** Its secret. A public client has none. */
  readonly secret?: string | undefined;
  /** The scopes that it may ask for. */
  readonly scopes: readonly string[];
  /** Where browsers may be sent back to; for a public client. A port of 0 allows any port of this machine. */
  readonly redirectUris?: readonly string[] | undefined;
}

/** A person at an issuer. */
export interface IssuerUser {
  /** The claim `sub`. */
  readonly subject: string;
  /** The claim `name`. */
  readonly name: string;
  /** The claim `preferred_username`. */
  readonly preferredUsername: string;
  /** The claim `given_name`. */
  readonly givenName: string;
  /** The claim `family_name`. */
  readonly familyName: string;
  /** The claim `email`. */
  readonly email: string;
  /** The claim `picture`. */
  readonly picture: string;
}

/** How long tokens live, in seconds. */
export interface TokenLives {
  /** The life of an access token, in seconds. */
  readonly accessTokenSeconds: number;
  /** The life of a refresh token, in seconds. */
  readonly refreshTokenSeconds: number;
  /** The life of an authorization code, in seconds. */
  readonly codeSeconds: number;
}

/** FlyteAdmin's own lives: 30 minutes, an hour, 5 minutes. */
export function defaultLives(): TokenLives {
  return { accessTokenSeconds: 1800, refreshTokenSeconds: 3600, codeSeconds: 300 };
}

/** The person that signs in where none is named. */
export function testUser(): IssuerUser {
  return {
    subject: "user-1",
    name: "Test User",
    preferredUsername: "tuser",
    givenName: "Test",
    familyName: "User",
    email: "user-1@example.test",
    picture: "http://idp.test/user-1.png",
  };
}
