import { type FlowContext, renewByRefreshToken, type SignInFlow } from "../flow.js";
import { signedOutError } from "../errors.js";

/** Takes a person to the issuer and back. */
export interface Authorizer {
  /**
   * The address that the issuer will send the browser back to, opened before.
   * @param registered The redirect URI that the server registers for the public client.
   */
  prepare(registered: string | undefined, signal: AbortSignal): Promise<AuthorizerVisit>;
}

/** One visit of a person at the issuer. */
export interface AuthorizerVisit {
  readonly redirectUri: string;
  /**
   * Sends the person to an address and waits until the browser comes back.
   * @param state The `state` of the answer to wait for; answers with another one are not ours.
   * @returns the address that the browser was sent back to, with its query
   */
  visit(url: string, state: string): Promise<string>;
  /** Ends what was made ready. */
  close(): void;
}

/**
 * Signs a person in with a browser: authorization code with PKCE. The session is renewed by the
 * refresh token, which scope `offline` brings.
 *
 * @param authorizer Takes the person to the issuer and back. Without one, as in a page that the
 *   issuer sends back by navigation, nobody is asked: calls fail with `SignedOutError` until the
 *   page signs in by `startSignIn` and `finishSignIn`.
 */
export function authorizationCode(authorizer?: Authorizer): SignInFlow {
  return {
    isInteractive: true,
    isRenewable: true,
    renew: renewByRefreshToken,
    signIn: async (context: FlowContext) => {
      if (authorizer === undefined) throw signedOutError("nobody is signed in");
      const { oauth, signal, server } = context;
      const visit = await authorizer.prepare(server.redirectUri, signal);
      try {
        const pending = await oauth.startAuthorization(signal, visit.redirectUri);
        const callbackUrl = await visit.visit(pending.url, pending.state);
        return await oauth.finishAuthorization(signal, pending, callbackUrl);
      } finally {
        visit.close();
      }
    },
  };
}
