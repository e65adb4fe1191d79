import { errorText, type FlyteError } from "../errors/index.js";
import { MissingScopeError } from "./errors.js";
import { scopesOf } from "./jwt.js";

/** FlyteAdmin's text for a valid token without the scope, the only specific text of its refusals. */
const serverWords = "authenticated user doesn't have required scope";

/** The scope that FlyteAdmin asks for. */
const requiredScope = "all";

/** The error for a refusal for want of a scope, or `undefined` for any other refusal. */
export function missingScopeError(
  refusal: FlyteError,
  accessToken: string,
): MissingScopeError | undefined {
  if (refusal.serverMessage?.includes(serverWords) !== true) return undefined;
  const granted = scopesOf(accessToken);
  const has =
    granted === undefined
      ? ""
      : `; the token has ${granted.length === 0 ? "none" : granted.map((scope) => JSON.stringify(scope)).join(", ")}`;
  return new MissingScopeError(
    errorText(
      refusal.rpc,
      "UNAUTHENTICATED",
      `the token lacks the scope "${requiredScope}" (claim scp)${has}`,
      "Ask for it through scopes, and let the issuer grant it to this client.",
    ),
    {
      rpc: refusal.rpc,
      requestId: refusal.requestId,
      attempts: refusal.attempts,
      serverMessage: refusal.serverMessage,
      missingScopes: [requiredScope],
      grantedScopes: granted,
    },
  );
}
