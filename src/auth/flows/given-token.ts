import { InvalidOptionError } from "../../errors/index.js";
import { describeValue } from "../../internal/validation/index.js";
import { signInError } from "../errors.js";
import type { FlowContext, SignInFlow } from "../flow.js";
import { type AuthToken, isTokenText, type TokenAnswer, tokenOf } from "../token.js";

/**
 * Sends a token that is given once, such as one from an environment variable. It cannot be
 * renewed: when the server refuses it, the call fails.
 *
 * @throws InvalidOptionError for a text that cannot be a token
 */
export function staticToken(accessToken: string): SignInFlow {
  if (!isTokenText(accessToken)) {
    // The text is a secret, so only its kind is shown.
    const given = typeof accessToken === "string" ? "another string" : describeValue(accessToken);
    throw new InvalidOptionError(
      `accessToken must be a string of one word of printable characters, without Bearer before it, got ${given}.`,
      { option: "accessToken" },
    );
  }
  const signIn = ({ nowMs }: FlowContext): Promise<AuthToken> =>
    Promise.resolve({ accessToken, obtainedAtMs: nowMs() });
  return {
    isInteractive: false,
    isRenewable: false,
    renew: () => Promise.resolve("impossible"),
    signIn,
  };
}

/**
 * Gets tokens from a function of the caller's own. It is asked for the first token, before the end
 * of each, and after a refusal; calls that need one meanwhile wait for the same answer.
 *
 * @param getToken - returns the token alone, or with its lifetime. Its errors fail the call.
 */
export function tokenFrom(
  getToken: (options: { readonly signal: AbortSignal }) => Promise<string | TokenAnswer>,
): SignInFlow {
  const signIn = async ({ nowMs, signal }: FlowContext): Promise<AuthToken> => {
    const given = await getToken({ signal });
    const answer = typeof given === "string" ? { accessToken: given } : given;
    if (!isTokenText(answer.accessToken)) {
      throw signInError(
        "getToken returned something that is not a token",
        "Return one word of printable characters, without Bearer before it.",
        { reason: "failed" },
      );
    }
    return tokenOf(answer, nowMs());
  };
  return { isInteractive: false, isRenewable: true, renew: signIn, signIn };
}
