import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { randomText } from "./base64url.js";
import { DeviceCodes, type IssuerDeviceOptions } from "./device-codes.js";
import {
  type IssuerEndpoint,
  type IssuerFailure,
  IssuerFailures,
  type IssuerRequest,
} from "./issuer-failures.js";
import { OAuthRefusal, oauthJson, refusalResponse } from "./oauth-error.js";
import {
  defaultLives,
  type IssuerClient,
  type IssuerUser,
  testUser,
  type TokenLives,
} from "./parties.js";
import { challengeOf } from "./pkce.js";
import { type Claims, SigningKeys } from "./signing-keys.js";
import { checkClient, readTokenRequest, scopesIn, type TokenRequest } from "./token-request.js";

/** How a fake issuer is set up. */
export interface FakeIssuerOptions {
  /**
   * The address that the issuer calls itself; `listen()` makes it that of the port.
   * @defaultValue `"http://idp.test"`
   */
  readonly url?: string | undefined;
  /**
   * The clients, by id.
   * @defaultValue `service` with the secret `service-secret`, and the public client `flytectl`
   */
  readonly clients?: Readonly<Record<string, IssuerClient>> | undefined;
  /** The person who signs in. Nobody is asked: the issuer says yes. */
  readonly user?: IssuerUser | undefined;
  /**
   * The `aud` claim of access tokens where a request names no audience.
   * @defaultValue the issuer's address
   */
  readonly audience?: string | undefined;
  /** How long tokens live. */
  readonly lives?: Partial<TokenLives> | undefined;
  /** How the device code flow is answered. */
  readonly device?: IssuerDeviceOptions | undefined;
  /**
   * The clock.
   * @defaultValue the system's
   */
  readonly now?: (() => Date) | undefined;
}

const optionNames: OptionNames<FakeIssuerOptions> = {
  url: true,
  clients: true,
  user: true,
  audience: true,
  lives: true,
  device: true,
  now: true,
};

/** An issuer on a socket. */
export interface ListeningIssuer extends AsyncDisposable {
  /** The issuer's address. */
  readonly url: string;
  /** Stops listening. May be called again. */
  close(): Promise<void>;
}

interface Grant {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience: string | undefined;
  readonly expiresAtMs: number;
  readonly redirectUri?: string | undefined;
  readonly challenge?: string | undefined;
}

/**
 * An OAuth and OpenID Connect issuer in memory, for tests: discovery, keys, and the grants client
 * credentials, authorization code with PKCE, device code and refresh token, with refresh tokens
 * that work once. It fails by script, and records what it was asked.
 */
export class FakeIssuer {
  /** The failures to produce, by script. */
  readonly failures: IssuerFailures = new IssuerFailures();
  /**
   * The key that signs tokens.
   *
   * @internal
   */
  readonly keys: SigningKeys = new SigningKeys("kid", "idp-key-1");
  readonly #options: FakeIssuerOptions;
  readonly #requests: IssuerRequest[] = [];
  readonly #codes = new Map<string, Grant>();
  readonly #refreshTokens = new Map<string, Grant>();
  readonly #devices: DeviceCodes;
  #url: string;

  constructor(options: FakeIssuerOptions = {}) {
    requireKnownOptions(options, optionNames);
    this.#options = options;
    this.#url = options.url ?? "http://idp.test";
    this.#devices = new DeviceCodes(options.device ?? {}, () => this.#nowMs());
  }

  /** The address that the issuer calls itself. */
  get url(): string {
    return this.#url;
  }

  /** The requests so far, oldest first. */
  get requests(): readonly IssuerRequest[] {
    return [...this.#requests];
  }

  /** The issuer as a `fetch` handler; the origin of a request does not matter. */
  readonly fetch = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request =
      input instanceof Request && init === undefined ? input : new Request(input, init);
    return this.#log(request);
  };

  /** Opens the issuer on a port of this machine, in Node. From then on that is its address. */
  async listen(
    options: { readonly host?: string | undefined; readonly port?: number | undefined } = {},
  ): Promise<ListeningIssuer> {
    requireKnownOptions(options, { host: true, port: true });
    // Loaded here, so that the rest can be bundled for a browser.
    const { listenFetch } = await import("./listen-fetch.js");
    const server = await listenFetch(this.fetch, options);
    this.#url = server.url;
    return server;
  }

  /**
   * A signed token with claims of the caller's choice over the usual ones of an access token with
   * scope `all`. A claim of `undefined` is left out.
   */
  async issueToken(claims: Claims = {}): Promise<string> {
    const nowSeconds = Math.floor(this.#nowMs() / 1000);
    return this.keys.sign({
      iss: this.#url,
      sub: "service",
      aud: this.#options.audience ?? this.#url,
      iat: nowSeconds,
      exp: nowSeconds + this.#lives().accessTokenSeconds,
      scp: ["all"],
      jti: randomText(),
      ...claims,
    });
  }

  /** Approves or denies a device code, as the person does who was shown it. */
  decideDevice(userCode: string, decision: "approved" | "denied"): void {
    this.#devices.decide(userCode, decision);
  }

  /** Makes every refresh token invalid, as an administrator may. */
  revokeAll(): void {
    this.#refreshTokens.clear();
  }

  async #log(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const endpoint = endpointOf(url.pathname);
    const isForm = request.method === "POST";
    const body = isForm ? await request.text() : url.search.slice(1);
    const asked = readTokenRequest(request.headers, body);
    const grantType = asked.parameters.get("grant_type") ?? undefined;
    const failure = this.failures.strike(endpoint, grantType);
    const response =
      failure === undefined
        ? await this.#answer(endpoint, url, asked).catch(toRefusal)
        : strike(failure);
    this.#requests.push({
      endpoint,
      method: request.method,
      path: url.pathname,
      grantType,
      clientId: asked.clientId === "" ? undefined : asked.clientId,
      scopes: scopesIn(asked.parameters),
      audience: asked.parameters.get("audience") ?? undefined,
      headerNames: [...request.headers.keys()],
      status: response?.status ?? 0,
    });
    if (response === undefined) throw new TypeError("fetch failed");
    return response;
  }

  async #answer(endpoint: IssuerEndpoint, url: URL, asked: TokenRequest): Promise<Response> {
    switch (endpoint) {
      case "metadata":
        return oauthJson(200, this.#metadata());
      case "jwks":
        return oauthJson(200, await this.keys.jwks());
      case "authorize":
        return this.#authorize(url.searchParams);
      case "token":
        return oauthJson(200, await this.#token(asked));
      case "device":
        checkClient(this.#clients(), asked);
        return oauthJson(
          200,
          this.#devices.begin(asked.clientId, scopesIn(asked.parameters), `${this.#url}/activate`),
        );
      case "revoke":
        this.#refreshTokens.delete(asked.parameters.get("token") ?? "");
        return new Response(null, { status: 200 });
      case "other":
        return oauthJson(404, { error: "not_found" });
    }
  }

  #metadata(): Claims {
    const url = this.#url;
    return {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      device_authorization_endpoint: `${url}/device`,
      revocation_endpoint: `${url}/revoke`,
      jwks_uri: `${url}/jwks`,
      response_types_supported: ["code"],
      scopes_supported: ["all", "offline"],
      grant_types_supported: [
        "authorization_code",
        "client_credentials",
        "refresh_token",
        deviceGrant,
      ],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
    };
  }

  #authorize(parameters: URLSearchParams): Response {
    const clientId = parameters.get("client_id") ?? "";
    const redirectUri = parameters.get("redirect_uri") ?? "";
    const client = this.#clients()[clientId];
    if (client?.redirectUris?.some((known) => fits(known, redirectUri)) !== true) {
      throw new OAuthRefusal("invalid_request", "The client or its redirect_uri is not known.");
    }
    const back = new URL(redirectUri);
    back.searchParams.set("state", parameters.get("state") ?? "");
    back.searchParams.set("iss", this.#url);
    const scopes = scopesIn(parameters);
    if (scopes.some((scope) => !client.scopes.includes(scope))) {
      back.searchParams.set("error", "invalid_scope");
      return redirect(back);
    }
    const code = randomText();
    this.#codes.set(code, {
      clientId,
      scopes,
      redirectUri,
      audience: parameters.get("audience") ?? undefined,
      challenge: parameters.get("code_challenge") ?? undefined,
      expiresAtMs: this.#nowMs() + this.#lives().codeSeconds * 1000,
    });
    back.searchParams.set("code", code);
    return redirect(back);
  }

  async #token(asked: TokenRequest): Promise<Claims> {
    const { parameters, clientId } = asked;
    const client = checkClient(this.#clients(), asked);
    const audience = parameters.get("audience") ?? undefined;
    switch (parameters.get("grant_type")) {
      case "client_credentials": {
        if (client.secret === undefined) throw new OAuthRefusal("unauthorized_client", "");
        const scopes = scopesIn(parameters);
        if (scopes.some((scope) => !client.scopes.includes(scope))) {
          throw new OAuthRefusal("invalid_scope", "");
        }
        return this.#tokens({ clientId, scopes, audience }, false);
      }
      case "authorization_code":
        return this.#tokens(await this.#redeemCode(parameters, clientId), true);
      case "refresh_token": {
        const refreshToken = parameters.get("refresh_token") ?? "";
        const grant = this.#refreshTokens.get(refreshToken);
        if (grant?.clientId !== clientId || grant.expiresAtMs <= this.#nowMs()) {
          throw new OAuthRefusal("invalid_grant", "The refresh token is not valid.");
        }
        this.#refreshTokens.delete(refreshToken);
        return this.#tokens(grant, true);
      }
      case deviceGrant: {
        const deviceCode = parameters.get("device_code") ?? "";
        const scopes = this.#devices.redeem(deviceCode, clientId);
        return this.#tokens({ clientId, scopes, audience }, true);
      }
      default:
        throw new OAuthRefusal("unsupported_grant_type", "");
    }
  }

  async #redeemCode(parameters: URLSearchParams, clientId: string): Promise<Grant> {
    const code = parameters.get("code") ?? "";
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = await challengeOf(parameters.get("code_verifier") ?? "");
    if (
      grant?.clientId !== clientId ||
      grant.expiresAtMs <= this.#nowMs() ||
      grant.redirectUri !== parameters.get("redirect_uri") ||
      grant.challenge !== challenge
    ) {
      throw new OAuthRefusal("invalid_grant", "The code is not valid.");
    }
    return grant;
  }

  async #tokens(
    grant: Pick<Grant, "clientId" | "scopes" | "audience">,
    isPerson: boolean,
  ): Promise<Claims> {
    const { clientId, scopes, audience } = grant;
    const lives = this.#lives();
    const user = this.#options.user ?? testUser();
    const accessToken = await this.issueToken({
      sub: isPerson ? user.subject : clientId,
      client_id: clientId,
      scp: scopes,
      email: isPerson ? user.email : undefined,
      ...(audience === undefined ? {} : { aud: audience }),
    });
    const hasRefresh = isPerson && scopes.includes("offline");
    const refreshToken = randomText();
    if (hasRefresh) {
      this.#refreshTokens.set(refreshToken, {
        ...grant,
        expiresAtMs: this.#nowMs() + lives.refreshTokenSeconds * 1000,
      });
    }
    return {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: lives.accessTokenSeconds,
      scope: scopes.join(" "),
      refresh_token: hasRefresh ? refreshToken : undefined,
    };
  }

  #clients(): Readonly<Record<string, IssuerClient>> {
    return this.#options.clients ?? defaultClients();
  }

  #lives(): TokenLives {
    return { ...defaultLives(), ...this.#options.lives };
  }

  #nowMs(): number {
    return (this.#options.now?.() ?? new Date()).getTime();
  }
}

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

function defaultClients(): Readonly<Record<string, IssuerClient>> {
  return {
    service: { secret: "service-secret", scopes: ["all", "offline"] },
    flytectl: {
      scopes: ["all", "offline"],
      redirectUris: ["http://localhost:0/callback", "http://127.0.0.1:0/callback"],
    },
  };
}

function endpointOf(path: string): IssuerEndpoint {
  if (path.includes("/.well-known/")) return "metadata";
  return endpoints.find((name) => path === `/${name}`) ?? "other";
}

const endpoints: readonly IssuerEndpoint[] = ["jwks", "authorize", "token", "device", "revoke"];

/** Whether a redirect is the registered one, or the same at another port of this machine (RFC 8252). */
function fits(registered: string, given: string): boolean {
  if (registered === given) return true;
  if (!URL.canParse(given)) return false;
  const url = new URL(given);
  url.port = "0";
  return url.href === registered;
}

function redirect(to: URL): Response {
  return new Response(null, { status: 303, headers: { location: to.href } });
}

function toRefusal(error: unknown): Response {
  if (error instanceof OAuthRefusal) return refusalResponse(error);
  throw error;
}

/** `undefined` where the connection breaks. */
function strike(failure: IssuerFailure): Response | undefined {
  const { status = 400, error, body, headers } = failure;
  if (status === 0) return undefined;
  if (body !== undefined) {
    return new Response(body, { status, headers: { "content-type": "text/html", ...headers } });
  }
  const response = oauthJson(status, { error: error ?? "invalid_request" });
  for (const [name, value] of Object.entries(headers ?? {})) response.headers.set(name, value);
  return response;
}
