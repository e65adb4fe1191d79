import {
  challengeOf,
  checkClient,
  type Claims,
  type IssuerClient,
  OAuthRefusal,
  readTokenRequest,
  scopesIn,
  type SigningKeys,
  type TokenLives,
  type TokenRequest,
} from "../issuer/index.js";

/** The parts that the server's own issuer needs. */
export interface SelfIssuerParts {
  readonly keys: SigningKeys;
  readonly clients: Readonly<Record<string, IssuerClient>>;
  readonly lives: TokenLives;
  readonly nowSeconds: () => number;
}

const words = {
  malformed:
    "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.",
  grant:
    "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
  client:
    "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).",
  scope: "The requested scope is invalid, unknown, or malformed.",
  server:
    "The authorization server encountered an unexpected condition that prevented it from fulfilling the request.",
} as const;

/** The token endpoint of FlyteAdmin's own issuer, with its laxness: codes and refresh tokens are tokens, and work until they end. */
export class SelfIssuer {
  readonly #parts: SelfIssuerParts;

  constructor(parts: SelfIssuerParts) {
    this.#parts = parts;
  }

  /**
   * Answers a token request.
   * @throws OAuthRefusal
   */
  async token(method: string, headers: Headers, body: string, issuer: string): Promise<Claims> {
    if (method !== "POST") {
      throw invalidRequest(`HTTP method is '${method}', expected 'POST'.`);
    }
    const isForm = (headers.get("content-type") ?? "").startsWith(
      "application/x-www-form-urlencoded",
    );
    if (!isForm || body === "") throw invalidRequest("The POST body can not be empty.");
    const asked = readTokenRequest(headers, body);
    switch (asked.parameters.get("grant_type")) {
      case "client_credentials":
        return this.#clientCredentials(asked, issuer);
      case "authorization_code":
        return this.#authorizationCode(asked, issuer);
      case "refresh_token":
        return this.#refresh(asked, issuer);
      case null:
        throw invalidRequest("Request parameter 'grant_type' is missing");
      default:
        throw invalidRequest(
          "Make sure that the various parameters are correct, be aware of case sensitivity and trim your parameters. Make sure that the client you are using has exactly whitelisted the redirect_uri you specified.",
        );
    }
  }

  /** A code for what was asked at the authorization endpoint. */
  code(asked: URLSearchParams, issuer: string, person: Claims): Promise<string> {
    const { nowSeconds, lives, keys } = this.#parts;
    const challenge = asked.get("code_challenge");
    const now = nowSeconds();
    return keys.sign({
      aud: [],
      client_id: asked.get("client_id") ?? "",
      exp: now + lives.codeSeconds,
      form:
        challenge === null
          ? undefined
          : {
              code_challenge: challenge,
              code_challenge_method: asked.get("code_challenge_method"),
            },
      iat: now,
      iss: issuer,
      jti: crypto.randomUUID(),
      scp: internalScopes(scopesIn(asked)),
      sub: person["subject"],
      user_info: person,
    });
  }

  /**
   * Checks what is asked at the authorization endpoint.
   * @throws OAuthRefusal; with status 303 it goes to the redirect URI
   */
  checkAuthorization(asked: URLSearchParams): void {
    const clientId = asked.get("client_id") ?? "";
    const client = Object.hasOwn(this.#parts.clients, clientId)
      ? this.#parts.clients[clientId]
      : undefined;
    if (client === undefined) {
      throw new OAuthRefusal(
        "invalid_client",
        `${words.client} The requested OAuth 2.0 Client does not exist.`,
        401,
      );
    }
    if (client.redirectUris?.includes(asked.get("redirect_uri") ?? "") !== true) {
      throw invalidRequest(
        "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.",
      );
    }
    if ((asked.get("state") ?? "").length < 8) {
      throw new OAuthRefusal(
        "invalid_state",
        "The state is missing or does not have enough characters and is therefore considered too weak. Request parameter 'state' must be at least be 8 characters long to ensure sufficient entropy.",
        303,
      );
    }
    checkScopes(client, scopesIn(asked), 303);
    checkAudience(asked, 303);
  }

  /** Checks the parameters that are only refused after the login. */
  checkAfterLogin(asked: URLSearchParams): void {
    if (asked.get("code_challenge_method") !== "plain") return;
    throw new OAuthRefusal(
      "invalid_request",
      `${words.malformed} Clients must use code_challenge_method=S256, plain is not allowed.`,
      303,
    );
  }

  async #clientCredentials(asked: TokenRequest, issuer: string): Promise<Claims> {
    const client = this.#client(asked);
    const scopes = scopesIn(asked.parameters);
    checkScopes(client, scopes, 400);
    checkAudience(asked.parameters, 400);
    if (client.secret === undefined) {
      throw new OAuthRefusal(
        "invalid_grant",
        `${words.grant} The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'.`,
      );
    }
    const { keys, lives, nowSeconds } = this.#parts;
    const now = nowSeconds();
    const accessToken = await keys.sign({
      aud: [issuer],
      client_id: "",
      exp: now + lives.accessTokenSeconds,
      iat: now,
      jti: crypto.randomUUID(),
      scp: scopes,
      user_info: null,
    });
    return {
      access_token: accessToken,
      expires_in: lives.accessTokenSeconds - 1,
      scope: scopes.join(" "),
      token_type: "bearer",
    };
  }

  async #authorizationCode(asked: TokenRequest, issuer: string): Promise<Claims> {
    this.#client(asked);
    const code = await this.#ownToken(asked.parameters.get("code"));
    await checkVerifier(code, asked.parameters.get("code_verifier") ?? "");
    const scopes = internalScopes(plainScopes(code));
    return this.#grant(code, issuer, [
      ...plainScopes(code),
      ...scopes.filter((scope) => scope !== "offline"),
    ]);
  }

  async #refresh(asked: TokenRequest, issuer: string): Promise<Claims> {
    this.#client(asked);
    const refreshToken = await this.#ownToken(asked.parameters.get("refresh_token"));
    return this.#grant(refreshToken, issuer, [...plainScopes(refreshToken), "access_token"]);
  }

  async #grant(from: Claims, issuer: string, scp: readonly string[]): Promise<Claims> {
    const { keys, lives, nowSeconds } = this.#parts;
    const now = nowSeconds();
    const internal = internalScopes(plainScopes(from));
    const hasRefresh = internal.includes("offline");
    const accessToken = await keys.sign({
      ...from,
      aud: [issuer],
      exp: now + lives.accessTokenSeconds,
      scp,
    });
    const refreshToken = hasRefresh
      ? await keys.sign({
          ...from,
          aud: [issuer],
          exp: now + lives.refreshTokenSeconds,
          scp: internal,
        })
      : undefined;
    return {
      access_token: accessToken,
      expires_in: lives.accessTokenSeconds - 1,
      refresh_token: refreshToken,
      scope: (hasRefresh ? internal : scp).join(" "),
      token_type: "bearer",
    };
  }

  #client(asked: TokenRequest): IssuerClient {
    if (asked.clientId === "") {
      throw invalidRequest(
        "Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.",
      );
    }
    return checkClient(this.#parts.clients, asked, words.client);
  }

  /** Any token of the server's own serves as code and as refresh token; one that does not is the server's failure. */
  async #ownToken(token: string | null): Promise<Claims> {
    const read = await this.#parts.keys.read(token ?? "");
    const exp = read?.claims["exp"];
    if (read?.isSigned !== true || (typeof exp === "number" && exp <= this.#parts.nowSeconds())) {
      throw new OAuthRefusal("server_error", words.server, 500);
    }
    return read.claims;
  }
}

function invalidRequest(detail: string): OAuthRefusal {
  return new OAuthRefusal("invalid_request", `${words.malformed} ${detail}`);
}

function checkScopes(client: IssuerClient, scopes: readonly string[], status: number): void {
  const unknown = scopes.find((scope) => !client.scopes.includes(scope));
  if (unknown === undefined) return;
  throw new OAuthRefusal(
    "invalid_scope",
    `${words.scope} The OAuth 2.0 Client is not allowed to request scope '${unknown}'.`,
    status,
  );
}

function checkAudience(parameters: URLSearchParams, status: number): void {
  const audience = parameters.get("audience");
  if (audience === null) return;
  throw new OAuthRefusal(
    "invalid_request",
    `${words.malformed} Requested audience '${audience}' has not been whitelisted by the OAuth 2.0 Client.`,
    status,
  );
}

async function checkVerifier(code: Claims, verifier: string): Promise<void> {
  const form = code["form"];
  const challenge =
    typeof form === "object" && form !== null && "code_challenge" in form
      ? form.code_challenge
      : undefined;
  if (challenge === undefined && verifier === "") return;
  if (challenge !== undefined && verifier.length < 43) {
    throw new OAuthRefusal(
      "invalid_grant",
      `${words.grant} The PKCE code verifier must be at least 43 characters.`,
    );
  }
  if (challenge !== (await challengeOf(verifier))) {
    throw new OAuthRefusal(
      "invalid_grant",
      `${words.grant} The PKCE code challenge did not match the code verifier.`,
    );
  }
}

/** The scopes of a person's grant as the server writes them in codes and refresh tokens. */
function internalScopes(scopes: readonly string[]): readonly string[] {
  return [...scopes.map((scope) => (scope === "offline" ? scope : `f.${scope}`)), "access_token"];
}

/** The scopes of a token without the server's own marks. */
function plainScopes(claims: Claims): readonly string[] {
  const scp = claims["scp"];
  const scopes: readonly unknown[] = Array.isArray(scp) ? scp : [];
  const plain = scopes.flatMap((scope) =>
    typeof scope === "string" && scope !== "access_token" ? [scope.replace(/^f\./, "")] : [],
  );
  return [...new Set(plain)];
}
