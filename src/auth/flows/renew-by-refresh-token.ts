import { SignInError } from "../errors.js";
import type { FlowContext, Renewal } from "../flow.js";
import type { AuthToken } from "../token.js";

/**
 * Gets another token by the refresh token. FlyteAdmin's own issuer answers 500 `server_error` for
 * a bad refresh token where others answer `invalid_grant`: it is tried once more a second later, and then means
 * that a person has to sign in, without the refresh token being given up.
 *
 * @throws ConnectionError when the issuer cannot be reached: the session is not over for that
 */
export async function renewByRefreshToken(
  context: FlowContext,
  previous: AuthToken | undefined,
): Promise<Renewal> {
  const refreshToken = previous?.refreshToken;
  if (refreshToken === undefined) return "impossible";
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.oauth.refresh(context.signal, refreshToken);
    } catch (error) {
      if (!(error instanceof SignInError) || error.reason !== "refused") throw error;
      if (error.oauthError === "invalid_grant") return "invalid";
      if ((error.status ?? 0) < 500 || attempt === 2) return "impossible";
      await context.wait(1_000, context.signal);
    }
  }
}
