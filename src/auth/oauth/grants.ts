import type { AuthorizationServer, Client, ClientAuth } from "oauth4webapi";
import type { SignInServer } from "../discovery/index.js";
import { oneLine, signInError } from "../errors.js";
import type { DeviceGrant } from "../flow.js";
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
function askedOf({ server }: GrantParts, audience: string | undefined): URLSearchParams {
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

/**
 * Asks for a device code.
 * @throws SignInError with reason `unsupported` when the issuer offers none
 */
export async function startDevice(parts: GrantParts): Promise<DeviceGrant> {
  const { library, issuer, client, clientAuth, options } = parts;
  if (issuer.device_authorization_endpoint === undefined) {
    throw signInError(
      "the server's issuer offers no sign-in by device code",
      "Sign in with a browser, with client credentials or with a token.",
      { reason: "unsupported" },
    );
  }
  const response = await library.deviceAuthorizationRequest(
    issuer,
    client,
    clientAuth,
    askedOf(parts, parts.server.audience),
    options,
  );
  const answer = await library.processDeviceAuthorizationResponse(issuer, client, response);
  const { verification_uri_complete: complete } = answer;
  return {
    deviceCode: answer.device_code,
    userCode: oneLine(answer.user_code, 100),
    verificationUri: webAddress(answer.verification_uri),
    verificationUriComplete: complete === undefined ? undefined : webAddress(complete),
    expiresInMs: answer.expires_in * 1000,
    intervalMs: answer.interval === undefined ? undefined : answer.interval * 1000,
  };
}

/** A person is sent there, so it must be a page of the web. `URL` escapes what a terminal would act on. */
function webAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  throw signInError(
    "the issuer's page for the code is not an http or https URL",
    "Check the issuer.",
    { reason: "unsupported" },
  );
}

/** Asks whether the person has entered a device code. */
export async function pollDevice(
  { library, issuer, client, clientAuth, options }: GrantParts,
  deviceCode: string,
): Promise<GrantAnswer> {
  const response = await library.deviceCodeGrantRequest(
    issuer,
    client,
    clientAuth,
    deviceCode,
    options,
  );
  return library.processDeviceCodeResponse(issuer, client, response);
}
