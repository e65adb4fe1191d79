import { oneLine, signInError } from "../errors.js";
import type { PendingSignIn } from "../flow.js";
import type { GrantAnswer, GrantParts } from "./grants.js";

/**
 * Begins the authorization code flow with PKCE.
 * @throws SignInError with reason `unsupported` when the server names no authorization endpoint or redirect
 */
export async function startAuthorization(
  { server, library, issuer, client }: GrantParts,
  redirectUri: string | undefined,
): Promise<PendingSignIn> {
  const endpoint = issuer.authorization_endpoint;
  const back = redirectUri ?? server.redirectUri;
  if (endpoint === undefined || back === undefined) {
    throw signInError(
      `the server names no ${endpoint === undefined ? "authorization endpoint" : "redirect URI"}`,
      "Sign in with client credentials or a token, or set authorizationServerUrl and redirectUri.",
      { reason: "unsupported" },
    );
  }
  const codeVerifier = library.generateRandomCodeVerifier();
  const state = library.generateRandomState();
  const url = new URL(endpoint);
  const parameters: Readonly<Record<string, string>> = {
    response_type: "code",
    client_id: client.client_id,
    redirect_uri: back,
    scope: server.scopes.join(" "),
    state,
    code_challenge: await library.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    ...(server.audience === undefined ? {} : { audience: server.audience }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, redirectUri: back, state, codeVerifier };
}

/**
 * Finishes the authorization code flow with the address that the browser came back with.
 *
 * @param callbackUrl The address that the browser was sent back to, with its query.
 * @throws SignInError when state or issuer are not those that were sent, when the person refused, or when the issuer refuses the code
 */
export async function finishAuthorization(
  { library, issuer, client, clientAuth, options }: GrantParts,
  pending: PendingSignIn,
  callbackUrl: string,
): Promise<GrantAnswer> {
  const answered = new URL(callbackUrl).searchParams;
  let parameters: URLSearchParams;
  try {
    parameters = library.validateAuthResponse(issuer, client, answered, pending.state);
  } catch (error) {
    throw answerError(error instanceof library.AuthorizationResponseError, answered, error);
  }
  if (!parameters.get("code")) {
    throw signInError("the browser came back without a code of the issuer", "Begin again.", {
      reason: "failed",
    });
  }
  const response = await library.authorizationCodeGrantRequest(
    issuer,
    client,
    clientAuth,
    parameters,
    pending.redirectUri,
    pending.codeVerifier,
    options,
  );
  return library.processAuthorizationCodeResponse(issuer, client, response);
}

function answerError(isRefusal: boolean, answered: URLSearchParams, error: unknown): Error {
  const code = answered.get("error") ?? "";
  if (isRefusal && /^[\w.-]{1,100}$/.test(code)) {
    const isDenied = code === "access_denied";
    return signInError(
      isDenied ? "the person or the issuer denied the sign-in" : `the issuer refused with ${code}`,
      "Sign in again with an account that may use this server.",
      { reason: isDenied ? "denied" : "refused", oauthError: code },
    );
  }
  const words = error instanceof Error ? oneLine(error.message, 200) : "unknown failure";
  return signInError(
    `the browser came back with an answer that does not belong to this sign-in (${words})`,
    "Begin again.",
    { reason: "failed" },
  );
}
