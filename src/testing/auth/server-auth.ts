import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import {
  AuthMetadataService,
  type OAuth2MetadataResponse,
  OAuth2MetadataResponseSchema,
  PublicClientAuthConfigResponseSchema,
} from "../../../gen/flyteidl/service/auth_pb.js";
import type { IdentityService } from "../../../gen/flyteidl/service/identity_pb.js";
import { type HttpRequest, type HttpResponse, pathOf, queryOf } from "../http-messages.js";
import {
  type Claims,
  defaultLives,
  type IssuerClient,
  oauthJson,
  OAuthRefusal,
  refusalResponse,
  SigningKeys,
  testUser,
} from "../issuer/index.js";
import type { RoutedCall } from "../pipeline/index.js";
import type { RpcHandlers } from "../rpcs/index.js";
import { checkAccessToken, checkIdToken, effectiveScopes } from "./check-token.js";
import { notFound, refusalWords } from "./go-words.js";
import { keepRequest, keptRequest, LoginPages, redirect } from "./login-pages.js";
import { SelfIssuer } from "./self-issuer.js";
import { type Session, sessionOf } from "./session.js";
import { headerNamesOf, publicClientOf, publicUrl, type SignInOptions } from "./sign-in-options.js";
import { type Caller, userInfoOf } from "./user-info.js";

/** The login provider behind the server's own pages. */
const providerUrl = "http://idp.test";
const providerClient = "flyte-web";

/** The parts of a call that enforcement reads. */
type SignedCall = Pick<RoutedCall, "headers" | "wire" | "signedUrlBase">;

/** Authentication of a server: what it lets pass, its metadata, its own issuer and its login pages. */
export class ServerAuth {
  readonly #options: SignInOptions;
  readonly #now: () => Date;
  readonly #ownKeys = new SigningKeys("key_id", "own-key-1");
  readonly #providerKeys = new SigningKeys("kid", "idp-key-1");
  readonly #self: SelfIssuer;
  readonly #pages: LoginPages;

  /** @internal */
  constructor(options: SignInOptions, now: () => Date) {
    this.#options = options;
    this.#now = now;
    this.#self = new SelfIssuer({
      keys: this.#ownKeys,
      clients: clientsOf(options),
      lives: { ...defaultLives(), ...options.lives },
      nowSeconds: () => this.#nowSeconds(),
    });
    this.#pages = new LoginPages({
      now,
      authorizedUris: options.authorizedUris,
      newSession: () => this.#newSession(),
      isLive: async (idToken) => "claims" in (await this.#checkIdToken(idToken)),
    });
  }

  /**
   * The keys of the server's own issuer, or of the issuer that it trusts.
   *
   * @internal
   */
  get keys(): SigningKeys {
    return this.#options.issuer?.keys ?? this.#ownKeys;
  }

  /**
   * The keys of the login provider, which sign the ID tokens of sessions.
   *
   * @internal
   */
  get providerKeys(): SigningKeys {
    return this.#providerKeys;
  }

  /**
   * A good access token with scope `all`, with claims of the caller's choice over the usual ones. A
   * claim of `undefined` is left out.
   * @param audience The address that the server is known by; see `authorizedUris`.
   */
  async issueToken(audience: string, claims: Claims = {}): Promise<string> {
    const { issuer } = this.#options;
    if (issuer !== undefined) return issuer.issueToken({ aud: audience, ...claims });
    const now = this.#nowSeconds();
    const exp = now + defaultLives().accessTokenSeconds;
    const usual = { aud: [audience], client_id: "flytectl", iss: audience, sub: "user-1" };
    return this.#ownKeys.sign({ ...usual, iat: now, exp, scp: ["all"], ...claims });
  }

  /**
   * Lets a call pass, or refuses it as the server does.
   * @internal
   * @throws ConnectError UNAUTHENTICATED
   */
  async authenticate(call: RoutedCall): Promise<void> {
    if (call.service === AuthMetadataService.typeName) return;
    const { scopes } = await this.#identify(call);
    if (scopes.includes("all")) return;
    throw new ConnectError("authenticated user doesn't have required scope", Code.Unauthenticated);
  }

  /**
   * Adds to the metadata of a REST call what the server reads as its token: the session's ID token,
   * else the configured header, else nothing at all, which hides any other name.
   * @internal
   */
  annotate(request: HttpRequest, metadata: Headers): void {
    if (metadata.has("authorization")) return;
    const session = sessionOf(request.headers);
    const given = request.headers.get(headerNamesOf(this.#options).http) ?? "";
    metadata.set("authorization", session === undefined ? given : `IDToken ${session.idToken}`);
  }

  /** Handlers of IdentityService. @internal */
  identityHandlers(): RpcHandlers<typeof IdentityService> {
    return { userInfo: async (_, context) => userInfoOf(await this.#identify(context)) };
  }

  /** Handlers of AuthMetadataService. @internal */
  metadataHandlers(): RpcHandlers<typeof AuthMetadataService> {
    return {
      getOAuth2Metadata: (_, { headers, signedUrlBase }) => this.#metadata(headers, signedUrlBase),
      getPublicClientConfig: () =>
        create(PublicClientAuthConfigResponseSchema, {
          ...publicClientOf(this.#options),
          scopes: [...publicClientOf(this.#options).scopes],
          authorizationMetadataKey: headerNamesOf(this.#options).grpc,
        }),
    };
  }

  /** Answers the paths beside the API: the login pages and the server's own issuer. `undefined` for others. @internal */
  async answer(request: HttpRequest): Promise<HttpResponse | undefined> {
    const response = await this.#page(request);
    if (response === undefined) return undefined;
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body };
  }

  async #page(request: HttpRequest): Promise<Response | undefined> {
    const { headers, target, method, signedUrlBase } = request;
    const query = new URLSearchParams(queryOf(target));
    const own = publicUrl(this.#options, headers, signedUrlBase);
    switch (pathOf(target)) {
      case "/login":
        return this.#pages.login(headers, query);
      case "/callback":
        return this.#pages.callback(headers, query);
      case "/logout":
        return this.#pages.logout(query);
      case "/.well-known/openid-configuration":
        return redirect(
          303,
          `${this.#options.issuer?.url ?? providerUrl}/.well-known/openid-configuration`,
        );
      default:
        return this.#options.issuer === undefined
          ? this.#issuerPage(request, method, query, own)
          : undefined;
    }
  }

  async #issuerPage(
    request: HttpRequest,
    method: string,
    query: URLSearchParams,
    own: string,
  ): Promise<Response | undefined> {
    try {
      switch (pathOf(request.target)) {
        case "/oauth2/jwks":
          return new Response(JSON.stringify(await this.#ownKeys.jwks()), {
            headers: { "content-type": "application/json" },
          });
        case "/oauth2/token": {
          const body = new TextDecoder().decode(await request.body());
          return oauthJson(200, await this.#self.token(method, request.headers, body, own));
        }
        case "/oauth2/authorize":
          this.#self.checkAuthorization(query);
          return keepRequest(query.toString());
        case "/oauth2/authorize_callback":
          return await this.#finishAuthorization(request.headers, own);
        default:
          return undefined;
      }
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error;
      return error.status === 303 ? refuseByRedirect(error, query) : refusalResponse(error);
    }
  }

  async #finishAuthorization(headers: Headers, own: string): Promise<Response> {
    const asked = keptRequest(headers);
    const session = sessionOf(headers);
    if (asked === undefined || session === undefined) {
      throw new OAuthRefusal("error", "The error is unrecognizable", 500);
    }
    try {
      this.#self.checkAfterLogin(asked);
    } catch (error) {
      if (error instanceof OAuthRefusal) return refuseByRedirect(error, asked);
      throw error;
    }
    const code = await this.#self.code(asked, own, session.userInfo ?? {});
    const scopes = (asked.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    const internal = scopes.map((scope) => (scope === "offline" ? scope : `f.${scope}`));
    return backTo(asked, {
      code,
      scope: [...internal, "access_token"].join(" "),
      state: asked.get("state") ?? "",
    });
  }

  async #identify(call: SignedCall): Promise<Caller> {
    const value = authorizationOf(call, headerNamesOf(this.#options).grpc);
    const bearer = tokenUnder("Bearer", value);
    const idToken = tokenUnder("IDToken", value);
    let bearerFault: string;
    if ("why" in bearer) bearerFault = notFound("bearer", bearer.why);
    else {
      const checked = await checkAccessToken(bearer.token, {
        keys: this.keys,
        isExternal: this.#options.issuer !== undefined,
        audiences: [
          publicUrl(this.#options, call.headers, call.signedUrlBase),
          ...(this.#options.allowedAudience ?? []),
        ],
        nowSeconds: this.#nowSeconds(),
      });
      if ("claims" in checked) {
        const info = checked.claims["user_info"];
        // The check has let only objects pass.
        const userInfo = typeof info === "object" && info !== null ? (info as Claims) : undefined;
        return { claims: checked.claims, scopes: effectiveScopes(checked.claims), userInfo };
      }
      bearerFault = checked.why;
    }
    const idFault = await this.#identifyById(call, idToken);
    if (typeof idFault === "object") return idFault;
    throw new ConnectError(refusalWords(bearerFault, idFault), Code.Unauthenticated);
  }

  async #identifyById(call: SignedCall, found: FoundToken): Promise<Caller | string> {
    if ("why" in found) return notFound("id", found.why);
    const checked = await this.#checkIdToken(found.token);
    if ("why" in checked) return checked.why;
    const { claims } = checked;
    return { claims, scopes: ["all"], userInfo: sessionOf(call.headers)?.userInfo };
  }

  #checkIdToken(idToken: string) {
    return checkIdToken(idToken, {
      keys: this.#providerKeys,
      issuer: providerUrl,
      clientId: providerClient,
      nowSeconds: this.#nowSeconds(),
    });
  }

  #metadata(headers: Headers, httpUrl: string): OAuth2MetadataResponse {
    const { issuer } = this.#options;
    if (issuer !== undefined) {
      const { url } = issuer;
      return create(OAuth2MetadataResponseSchema, {
        issuer: url,
        authorizationEndpoint: `${url}/authorize`,
        tokenEndpoint: `${url}/token`,
        deviceAuthorizationEndpoint: `${url}/device`,
        jwksUri: `${url}/jwks`,
        responseTypesSupported: ["code"],
        scopesSupported: ["all", "offline"],
        tokenEndpointAuthMethodsSupported: ["client_secret_basic", "client_secret_post", "none"],
        codeChallengeMethodsSupported: ["S256"],
        grantTypesSupported: ["authorization_code", "client_credentials", "refresh_token"],
      });
    }
    const own = publicUrl(this.#options, headers, httpUrl);
    return create(OAuth2MetadataResponseSchema, {
      issuer: own,
      authorizationEndpoint: `${own}/oauth2/authorize`,
      tokenEndpoint: `${own}/oauth2/token`,
      jwksUri: `${own}/oauth2/jwks`,
      responseTypesSupported: ["code", "token", "code token"],
      scopesSupported: ["all"],
      tokenEndpointAuthMethodsSupported: ["client_secret_basic"],
      codeChallengeMethodsSupported: ["S256"],
      grantTypesSupported: ["client_credentials", "refresh_token", "authorization_code"],
    });
  }

  /** The session of the person who signs in, with an ID token and an access token of the login provider. */
  async #newSession(): Promise<Session> {
    const user = this.#options.user ?? testUser();
    const now = this.#nowSeconds();
    const claims = {
      aud: providerClient,
      email: user.email,
      exp: now + 3600,
      iat: now,
      iss: providerUrl,
      name: user.name,
      sub: user.subject,
    };
    return {
      idToken: await this.#providerKeys.sign(claims),
      accessToken: await this.#providerKeys.sign({ ...claims, aud: providerUrl }),
      refreshToken: "provider-refresh-token",
      userInfo: {
        subject: user.subject,
        name: user.name,
        preferred_username: user.preferredUsername,
        given_name: user.givenName,
        family_name: user.familyName,
        email: user.email,
        picture: user.picture,
        additional_claims: claims,
      },
    };
  }

  #nowSeconds(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }
}

/** The first value wins, also an empty one, which hides the configured key. */
function authorizationOf({ headers }: SignedCall, key: string): string {
  return headers.get("authorization") ?? headers.get(key) ?? "";
}

type FoundToken = { readonly token: string } | { readonly why: string };

function tokenUnder(scheme: string, value: string): FoundToken {
  const missing = { why: `Request unauthenticated with ${scheme}` };
  if (value === "") return missing;
  const at = value.indexOf(" ");
  if (at === -1) return { why: "Bad authorization string" };
  if (value.slice(0, at).toLowerCase() !== scheme.toLowerCase()) return missing;
  return { token: value.slice(at + 1) };
}

function refuseByRedirect(refusal: OAuthRefusal, asked: URLSearchParams): Response {
  return backTo(asked, {
    error: refusal.code,
    error_description: refusal.message,
    state: asked.get("state") ?? "",
  });
}

function backTo(asked: URLSearchParams, parameters: Readonly<Record<string, string>>): Response {
  const location = `${asked.get("redirect_uri") ?? ""}?${new URLSearchParams(parameters).toString()}`;
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", pragma: "no-cache" },
  });
}

function clientsOf(options: SignInOptions): Readonly<Record<string, IssuerClient>> {
  const { clientId, redirectUri, scopes } = publicClientOf(options);
  return {
    [clientId]: {
      scopes: [...new Set([...scopes, "all", "offline"])],
      redirectUris: [redirectUri],
    },
    ...(options.clients ?? {
      flytepropeller: { secret: "foobar", scopes: ["all", "offline", "access_token"] },
    }),
  };
}
