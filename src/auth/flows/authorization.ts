import { signInError } from "../errors.js";
import type { FlowContext } from "../flow.js";
import type { Token } from "../token.js";

/**
 * A sign-in that a browser is to finish. It holds the verifier, so keep it where only the same
 * browser or process finds it again, such as `sessionStorage`; it is plain data.
 */
export interface PendingSignIn {
  /** Where the browser goes. */
  readonly url: string;
  /** Where the issuer sends the browser back to. */
  readonly redirectUri: string;
  /** What comes back with the browser, so that a foreign answer is told from the own. */
  readonly state: string;
  /** What proves at the token endpoint that it is the same client. */
  readonly codeVerifier: string;
}

/**
 * Begins the authorization code flow with PKCE.
 * @throws SignInError with reason `unsupported` when the server names no authorization endpoint or redirect
 */
export async function startAuthorization(
  { server, oauth, signal }: FlowContext,
  redirectUri: string | undefined,
): Promise<PendingSignIn> {
  return oauth.run(signal, async ({ library, issuer, client }) => {
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
  });
}

/**
 * Ends the authorization code flow with what the browser came back with.
 *
 * @param callbackUrl The address that the browser was sent back to, with its query.
 * @throws SignInError when state or issuer are not those that were sent, when the person said no, or when the issuer refuses the code
 */
export async function finishAuthorization(
  { oauth, signal }: FlowContext,
  pending: PendingSignIn,
  callbackUrl: string,
): Promise<Token> {
  return oauth.grant(signal, async ({ library, issuer, client, clientAuth, options }) => {
    const answered = new URL(callbackUrl).searchParams;
    let parameters: URLSearchParams;
    try {
      parameters = library.validateAuthResponse(issuer, client, answered, pending.state);
    } catch (error) {
      throw answerError(error instanceof library.AuthorizationResponseError, answered, error);
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
  });
}

function answerError(isRefusal: boolean, answered: URLSearchParams, error: unknown): Error {
  const code = answered.get("error") ?? "";
  if (isRefusal && /^[\w.-]{1,100}$/.test(code)) {
    const isDenied = code === "access_denied";
    return signInError(
      isDenied ? "the person, or the issuer for them, said no" : `the issuer refused with ${code}`,
      "Sign in again with an account that may use this server.",
      { reason: isDenied ? "denied" : "refused", oauthError: code },
    );
  }
  const words = error instanceof Error ? error.message.slice(0, 200) : "unknown failure";
  return signInError(
    `the browser came back with an answer that does not belong to this sign-in (${words})`,
    "Begin again.",
    { reason: "failed" },
  );
}
